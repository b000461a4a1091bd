package io.tollgate.route;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that a rule does and that probably nobody wants. It does not keep a route
 * from being saved.
 *
 * @param code the words stand in the message bundle under {@code route.insight.<code>},
 * see {@link #CODES}
 * @param arguments in the order of the message's placeholders; the first is what is
 * dialled, as a pattern
 * @param offered a match pattern that does what was probably meant, {@code null} when
 * there is none
 */
public record RuleWarning(String code, List<String> arguments, @Nullable String offered) {

	/**
	 * {@code premium} and {@code offshore} (names, example, how many names): numbers that
	 * get through; {@code length} (digits, right number of digits);
	 * {@code too-many-digits} (digits, most); {@code exchange-976}; {@code longer-passes}
	 * (what it misses); {@code never-character} (which), {@code never-long} (longest);
	 * {@code lower-case}.
	 */
	public static final List<String> CODES = List.of("premium", "offshore", "length", "too-many-digits", "exchange-976",
			"longer-passes", "never-character", "never-long", "lower-case");

	public RuleWarning {
		arguments = List.copyOf(arguments);
	}

	static RuleWarning of(String code, Object... arguments) {
		return new RuleWarning(code, Arrays.stream(arguments).map(String::valueOf).toList(), null);
	}

	RuleWarning offering(@Nullable String match) {
		return new RuleWarning(this.code, this.arguments, match);
	}

}
