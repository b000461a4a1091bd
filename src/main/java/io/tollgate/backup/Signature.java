package io.tollgate.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** What shows that a backup was written by a portal with this key file. */
final class Signature {

	static final String LABEL = "backup";

	private Signature() {
	}

	static byte[] of(SecretKey key, byte[] manifest) {
		try {
			var mac = Mac.getInstance("HmacSHA256");
			mac.init(key);
			return HexFormat.of().formatHex(mac.doFinal(manifest)).getBytes(StandardCharsets.US_ASCII);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC-SHA256 is not there", ex);
		}
	}

}
