package io.tollgate.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * 128 random bits in a link. Only their SHA-256 is kept: whoever reads the database
 * cannot use it.
 */
final class OneTimeToken {

	private static final int BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private OneTimeToken() {
	}

	/** A fresh token, 32 hexadecimal digits. */
	static String make() {
		var bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/** What is kept of it. */
	static String hash(String token) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
