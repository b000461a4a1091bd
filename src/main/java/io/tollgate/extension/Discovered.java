package io.tollgate.extension;

/**
 * An extension as a PBX tells it.
 *
 * @param number its number
 * @param name who it belongs to, may be empty
 */
public record Discovered(String number, String name) {
}
