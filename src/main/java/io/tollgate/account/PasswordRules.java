package io.tollgate.account;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.nulabinc.zxcvbn.Zxcvbn;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;

/**
 * Which passwords are good enough: long ones that are not soon guessed. What kinds of
 * characters they hold is nobody's business. The guesser knows the 30,000 passwords that
 * are most often found in stolen lists, common words and names, rows of keys, repetition,
 * dates, and whose password it is; nothing leaves the portal.
 */
@Component
class PasswordRules {

	static final int MIN = 15;

	static final int MAX = 128;

	/** An attacker who knows all that needs more tries than this. */
	private static final double GUESSES = 1e10;

	private final Zxcvbn guesser = new Zxcvbn();

	/**
	 * Checks the fields {@code password} and {@code confirmation}.
	 * @param known words that an attacker tries first, such as the username
	 */
	void check(String password, String confirmation, List<String> known, Errors errors) {
		var refusal = refusal(password, known);
		if (refusal != null) {
			errors.rejectValue("password", refusal.code(), new Object[] { refusal.limit() }, null);
		}
		else if (!password.equals(confirmation)) {
			errors.rejectValue("confirmation", "account.password.different");
		}
	}

	@Nullable Refusal refusal(String password, List<String> known) {
		int length = length(password);
		if (length < MIN) {
			return new Refusal("account.password.short", MIN);
		}
		if (length > MAX) {
			return new Refusal("account.password.long", MAX);
		}
		var words = known.stream()
			.flatMap((word) -> Stream.concat(Stream.of(word, word.replaceAll("@.*", "")),
					Arrays.stream(word.split("[^\\p{L}\\p{N}]+"))))
			.filter((word) -> !word.isBlank())
			.toList();
		return (this.guesser.measure(password, words).getGuesses() < GUESSES)
				? new Refusal("account.password.common", MIN) : null;
	}

	/** Length in characters as people count them. */
	private static int length(String password) {
		var typed = Passwords.normal(password);
		return typed.codePointCount(0, typed.length());
	}

	/**
	 * Why not.
	 *
	 * @param code of the message
	 * @param limit its argument
	 */
	record Refusal(String code, int limit) {
	}

}
