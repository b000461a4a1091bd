package io.tollgate.pbx;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The name of a PBX and how it is reached. Forms check before they make one: what does
 * not fit is an {@link IllegalArgumentException} here.
 *
 * @param name as people know it, 1-63 characters, no control characters
 * @param host name or address; kept in lower case
 * @param port TCP port, 1-65535
 * @param tls whether the line is TLS
 * @param fingerprint SHA-256 of the certificate that must be met, 64 hex digits,
 * {@code null} without TLS or to accept the first one
 * @param amiUser manager account, 1-64 characters
 */
public record PbxConnection(String name, String host, int port, boolean tls, @Nullable String fingerprint,
		String amiUser) {

	/** What a host name or address may be made of, IPv6 included. */
	public static final String HOST = "[A-Za-z0-9._:-]{1,255}";

	/** What a manager account may be called. */
	public static final String USER = "[A-Za-z0-9._@-]{1,64}";

	public PbxConnection {
		name = name.strip();
		host = host.strip().toLowerCase(Locale.ROOT);
		require(!name.isEmpty() && name.length() <= 63 && name.chars().noneMatch(Character::isISOControl), "name");
		require(host.matches(HOST), "host");
		require(port >= 1 && port <= 65_535, "port");
		require(amiUser.matches(USER), "user");
		fingerprint = tls ? fingerprint : null;
		require(fingerprint == null || fingerprint.matches("[0-9a-f]{64}"), "fingerprint");
	}

	private static void require(boolean fits, String what) {
		if (!fits) {
			throw new IllegalArgumentException("not a usable " + what);
		}
	}

	/**
	 * Whether a secret that was meant for this connection may go along the next one: to
	 * the same address, by a line that is no weaker, and to the same certificate.
	 */
	public boolean sameMachine(PbxConnection next) {
		boolean sameLine = !this.tls
				|| next.tls && (this.fingerprint == null || this.fingerprint.equals(next.fingerprint));
		return this.host.equals(next.host) && this.port == next.port && sameLine;
	}

}
