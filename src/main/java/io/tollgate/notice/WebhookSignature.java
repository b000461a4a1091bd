package io.tollgate.notice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what goes to a webhook as the Standard Webhooks specification has it, so that
 * receivers check it with a library: HMAC-SHA256 over id, time and body.
 */
final class WebhookSignature {

	static final String PREFIX = "whsec_";

	private WebhookSignature() {
	}

	/** The value of the header {@code webhook-signature}. */
	static String of(String secret, String id, long epochSecond, String body) {
		try {
			var mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
			var signed = (id + "." + epochSecond + "." + body).getBytes(StandardCharsets.UTF_8);
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
