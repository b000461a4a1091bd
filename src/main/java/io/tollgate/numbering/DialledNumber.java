package io.tollgate.numbering;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A number as someone dials it, or types it into the portal. A PBX passes only digits,
 * with at most one + in front: whatever else a number holds could be a trick, so it is
 * blocked there, and hints tell people here.
 */
public final class DialledNumber {

	/** Longer ones are blocked: an E.164 number has 15 digits at most. */
	public static final int MAX_LENGTH = 32;

	private DialledNumber() {
	}

	/** Whether a PBX would judge the number at all, rather than block it for its form. */
	public static boolean isWellFormed(String raw) {
		return raw.length() <= MAX_LENGTH && raw.matches("\\+?[0-9]+");
	}

	/** What is odd about a number; empty for a well-formed one. */
	public static List<Hint> hints(String raw) {
		Set<Hint> hints = EnumSet.noneOf(Hint.class);
		if (raw.isEmpty() || raw.equals("+")) {
			hints.add(Hint.EMPTY);
		}
		if (raw.length() > MAX_LENGTH) {
			hints.add(Hint.TOO_LONG);
		}
		for (int i = 0; i < raw.length(); i += Character.charCount(raw.codePointAt(i))) {
			int c = raw.codePointAt(i);
			if (c == '+' ? i > 0 : c < '0' || c > '9') {
				hints.add(hint(c));
			}
		}
		return new ArrayList<>(hints);
	}

	/**
	 * The number that was probably meant: {@code 0054 (193) 8384} as {@code 00541938384}.
	 * @return empty when it is well-formed already, or no guess is safe
	 */
	public static Optional<String> suggestion(String raw) {
		StringBuilder out = new StringBuilder();
		for (int c : Normalizer.normalize(raw, Normalizer.Form.NFKC).codePoints().toArray()) {
			if (Character.isDigit(c)) {
				out.append(Character.digit(c, 10));
			}
			else if (c == '+') {
				out.append('+');
			}
			else if (Character.isLetter(c) || c == '*' || c == '#') {
				return Optional.empty();
			}
		}
		String guess = out.toString();
		return (isWellFormed(guess) && !guess.equals(raw)) ? Optional.of(guess) : Optional.empty();
	}

	private static Hint hint(int c) {
		if (c == '+') {
			return Hint.PLUS_INSIDE;
		}
		if (c == '*' || c == '#') {
			return Hint.STAR_OR_HASH;
		}
		if (Character.isDigit(c)) {
			return Hint.FOREIGN_DIGITS;
		}
		if (Character.isLetter(c)) {
			return Hint.LETTERS;
		}
		if (c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR) {
			return Hint.BLANKS;
		}
		return "-./()".indexOf(c) >= 0 ? Hint.SEPARATORS : Hint.OTHER_CHARACTERS;
	}

	/** What can be odd about a number. */
	public enum Hint {

		/** Nothing was dialled. */
		EMPTY,
		/** More than {@link #MAX_LENGTH} characters. */
		TOO_LONG,
		/** Digits of another script, or full-width ones. */
		FOREIGN_DIGITS, LETTERS, BLANKS,
		/** Dashes, dots, slashes, brackets. */
		SEPARATORS,
		/** A + that is not the first character. */
		PLUS_INSIDE,
		/** A feature code, not a number outside. */
		STAR_OR_HASH,
		/** Anything else, control characters too. */
		OTHER_CHARACTERS

	}

}
