package io.tollgate.pin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What a PIN may be, and what is kept of it. */
final class Pins {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Pattern PIN = Pattern.compile("[0-9]{3,15}");

	/** It stands in the call record of the PBX. */
	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_.-](?:[A-Za-z0-9 _.-]{0,38}[A-Za-z0-9_.-])?");

	private static final Pattern REPEATED = Pattern.compile("(.)\\1*|(.+)\\2+");

	private static final String UP = "01234567890123456789";

	private static final String DOWN = new StringBuilder(UP).reverse().toString();

	private static final int SHORT = 5;

	private static final int MADE_UP = 6;

	private Pins() {
	}

	static boolean isPin(String digits) {
		return PIN.matcher(digits).matches();
	}

	static boolean isLabel(String label) {
		return LABEL.matcher(label).matches();
	}

	/** What the PBX compares: it has salt and PIN at a call, and this. */
	static String hash(String salt, String digits) {
		try {
			var sha1 = MessageDigest.getInstance("SHA-1");
			return HexFormat.of().formatHex(sha1.digest((salt + digits).getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-1 is not there", ex);
		}
	}

	/** 32 random hexadecimal digits. */
	static String salt() {
		var bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/** A PIN that nobody chose, and nobody would guess first. */
	static String madeUp() {
		while (true) {
			var digits = RANDOM.ints(MADE_UP, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining());
			if (weakness(digits) == null) {
				return digits;
			}
		}
	}

	/** Why others would guess it, {@code null} when they would not. */
	static @Nullable Weakness weakness(String digits) {
		if (REPEATED.matcher(digits).matches()) {
			return Weakness.REPEATED;
		}
		if (UP.contains(digits) || DOWN.contains(digits)) {
			return Weakness.SEQUENCE;
		}
		return (digits.length() < SHORT) ? Weakness.SHORT : null;
	}

	/** Why a PIN is easy to guess. Words under {@code pin.weak.<name>}. */
	enum Weakness {

		SHORT, REPEATED, SEQUENCE

	}

}
