package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.tollgate.connector.DesiredConfig;

/** The identity of a compiled configuration. */
final class Checksum {

	private Checksum() {
	}

	/**
	 * SHA-256, 64 hex digits. All collections of a configuration are sorted, so equal
	 * ones print alike.
	 */
	static String of(DesiredConfig config) {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(config.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
