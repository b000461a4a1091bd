package io.tollgate.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as scripts send it: {@code tg_}, an id that is no secret, {@code _}, and 256
 * random bits. Of the bits only a SHA-256 is kept. A slow hash like that of passwords
 * would gain nothing, as nobody can try 2^256 of them, and would make each request slow;
 * no salt is needed where no two secrets are alike.
 *
 * @param id finds the row
 * @param bits 43 characters of base64url
 */
record ApiSecret(String id, String bits) {

	private static final int BITS = 32;

	private static final int ID_LENGTH = 12;

	private static final String ID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final Pattern FORM = Pattern.compile("tg_([0-9A-Za-z]{12})_([0-9A-Za-z_-]{43})");

	private static final SecureRandom RANDOM = new SecureRandom();

	/** A fresh one. */
	static ApiSecret make() {
		var bytes = new byte[BITS];
		RANDOM.nextBytes(bytes);
		var id = new StringBuilder();
		RANDOM.ints(ID_LENGTH, 0, ID_LETTERS.length()).forEach((letter) -> id.append(ID_LETTERS.charAt(letter)));
		return new ApiSecret(id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/** What was sent, if it has the form of a token at all. */
	static Optional<ApiSecret> read(String text) {
		var found = FORM.matcher(text);
		return found.matches() ? Optional.of(new ApiSecret(found.group(1), found.group(2))) : Optional.empty();
	}

	/** Whether there is a token somewhere in this text. */
	static boolean isIn(String text) {
		return FORM.matcher(text).find();
	}

	/** All of it, to be shown once. */
	String token() {
		return "tg_" + this.id + "_" + this.bits;
	}

	/** What is kept of the bits. */
	String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.bits.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Takes as long whatever is wrong with it. */
	boolean fits(String hash) {
		return MessageDigest.isEqual(hash().getBytes(StandardCharsets.US_ASCII),
				hash.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String toString() {
		return "tg_" + this.id;
	}

}
