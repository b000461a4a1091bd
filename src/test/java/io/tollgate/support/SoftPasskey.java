package io.tollgate.support;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A passkey made of software, which also lies when a test wants it to: about the origin,
 * its counter, and whether it knows who holds it.
 */
public final class SoftPasskey {

	private static final Pattern CHALLENGE = Pattern.compile("\"challenge\":\"([^\"]+)\"");

	private final byte[] id = new byte[32];

	private final KeyPair keys;

	private int counter;

	private String origin;

	private boolean verifiesUser = true;

	/** Made for a portal at this port. */
	public SoftPasskey(int port) {
		this.origin = "http://localhost:" + port;
		new SecureRandom().nextBytes(this.id);
		try {
			var generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			this.keys = generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As an authenticator names it. */
	public String id() {
		return text(this.id);
	}

	/** Says from now on that it was asked by a page of another origin. */
	public SoftPasskey from(String origin) {
		this.origin = origin;
		return this;
	}

	/** Says from now on that nobody proved to it who they are. */
	public SoftPasskey withoutUserVerification() {
		this.verifiesUser = false;
		return this;
	}

	/** Forgets how often it was used, as a copy of it would. */
	public SoftPasskey rewind() {
		this.counter = 0;
		return this;
	}

	/** Registers with the account that is signed in; asserts that it worked. */
	public SoftPasskey register(Http http, String label) {
		assertThat(tryToRegister(http, label).statusCode()).as("registration").isEqualTo(200);
		return this;
	}

	/** The answer to a registration. */
	public HttpResponse<String> tryToRegister(Http http, String label) {
		return http.postJson("/webauthn/register", registration(challenge(http, "register"), label));
	}

	/** Signs in; asserts that it worked, and ends on a page with a fresh CSRF token. */
	public Http signIn(Http http) {
		assertThat(use(http).statusCode()).as("sign-in with a passkey").isEqualTo(200);
		http.get("/account");
		return http;
	}

	/** The answer to a sign-in or confirmation. */
	public HttpResponse<String> use(Http http) {
		return http.postJson("/login/webauthn", assertion(challenge(http, "authenticate")));
	}

	/** What the portal asks to be signed. */
	public static String challenge(Http http, String ceremony) {
		var options = http.postJson("/webauthn/" + ceremony + "/options", "{}");
		var found = CHALLENGE.matcher(options.body());
		assertThat(found.find()).as("a challenge in %d %s", options.statusCode(), options.body()).isTrue();
		return found.group(1);
	}

	/** What is sent to make a passkey. */
	public String registration(String challenge, String label) {
		var data = new ByteArrayOutputStream();
		data.writeBytes(authenticatorData(0x40));
		data.writeBytes(new byte[16]);
		data.writeBytes(new byte[] { 0, (byte) this.id.length });
		data.writeBytes(this.id);
		data.writeBytes(publicKey());
		var attestation = new ByteArrayOutputStream();
		// {"fmt": "none", "attStmt": {}, "authData": …} in CBOR
		attestation.writeBytes(hex("a363666d74646e6f6e656761747453746d74a0686175746844617461"));
		attestation.writeBytes(new byte[] { 0x58, (byte) data.size() });
		attestation.writeBytes(data.toByteArray());
		return """
				{"publicKey": {"label": "%s", "credential": {"id": "%s", "rawId": "%2$s", "type": "public-key",
				  "clientExtensionResults": {}, "authenticatorAttachment": "platform", "response": {
				    "attestationObject": "%s", "clientDataJSON": "%s", "transports": ["internal"]}}}}
				""".formatted(label, id(), text(attestation.toByteArray()),
				text(clientData("webauthn.create", challenge)));
	}

	/** What is sent to sign in or to confirm. */
	public String assertion(String challenge) {
		var data = authenticatorData(0);
		var client = clientData("webauthn.get", challenge);
		return """
				{"id": "%s", "rawId": "%1$s", "credType": "public-key", "clientExtensionResults": {},
				  "authenticatorAttachment": "platform", "response": {
				    "authenticatorData": "%s", "clientDataJSON": "%s", "signature": "%s"}}
				""".formatted(id(), text(data), text(client), text(signature(data, client)));
	}

	private byte[] authenticatorData(int flags) {
		this.counter++;
		var present = 0x01 | (this.verifiesUser ? 0x04 : 0) | flags;
		return ByteBuffer.allocate(37)
			.put(sha256("localhost".getBytes(StandardCharsets.UTF_8)))
			.put((byte) present)
			.putInt(this.counter)
			.array();
	}

	private byte[] clientData(String type, String challenge) {
		return """
				{"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}"""
			.formatted(type, challenge, this.origin)
			.getBytes(StandardCharsets.UTF_8);
	}

	/** As COSE: EC2, ES256, P-256. */
	private byte[] publicKey() {
		var point = ((ECPublicKey) this.keys.getPublic()).getW();
		return ByteBuffer.allocate(77)
			.put(hex("a501020326200121" + "5820"))
			.put(coordinate(point.getAffineX().toByteArray()))
			.put(hex("225820"))
			.put(coordinate(point.getAffineY().toByteArray()))
			.array();
	}

	private static byte[] coordinate(byte[] number) {
		var fixed = new byte[32];
		int length = Math.min(number.length, 32);
		System.arraycopy(number, number.length - length, fixed, 32 - length, length);
		return fixed;
	}

	private byte[] signature(byte[] data, byte[] client) {
		try {
			var signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(data);
			signature.update(sha256(client));
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] hex(String text) {
		return HexFormat.of().parseHex(text);
	}

	private static String text(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
