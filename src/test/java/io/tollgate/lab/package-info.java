/**
 * A real Asterisk without root rights, with sipp for phones and carrier. Everything is on
 * loopback: the PBX on 127.0.0.1, callers on 127.0.0.30, called phones on 127.0.0.12, the
 * carrier on 127.0.0.20.
 */
package io.tollgate.lab;
