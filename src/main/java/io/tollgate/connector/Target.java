package io.tollgate.connector;

import org.jspecify.annotations.Nullable;

/**
 * How to reach and sign in to one PBX.
 *
 * @param host name or address
 * @param port TCP port, 1-65535
 * @param tls whether the line is TLS
 * @param fingerprint SHA-256 of the PBX's certificate, 64 hex digits, that must be met;
 * {@code null} accepts the first one seen and reports it
 * @param user manager account
 * @param secret its secret
 */
public record Target(String host, int port, boolean tls, @Nullable String fingerprint, String user, String secret) {

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "Target[" + this.user + "@" + this.host + ":" + this.port + (this.tls ? " tls]" : "]");
	}

}
