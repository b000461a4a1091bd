package io.tollgate.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.tollgate.numbering.DialPattern;
import org.jspecify.annotations.Nullable;

/**
 * What one rule of a route does, for people to see while they write it.
 *
 * @param pattern what is dialled, prefix and match as one pattern; as typed when it is
 * none
 * @param problem why it is no pattern, else {@code null}; then the rest is empty
 * @param example a number that it takes
 * @param sent what that number becomes, empty when the route blocks it
 * @param count how many numbers it takes, {@link Long#MAX_VALUE} also for more; empty
 * when there is no end of them
 * @param shortest how many digits the shortest number has
 * @param longest how many the longest has; empty when there is none
 * @param shadow who takes all of its numbers before it, {@code null} when some reach it
 * @param warnings the worst first
 */
public record RuleInsight(String pattern, DialPattern.@Nullable Problem problem, String example, String sent,
		OptionalLong count, int shortest, OptionalInt longest, @Nullable Shadow shadow, List<RuleWarning> warnings) {

	public RuleInsight {
		warnings = List.copyOf(warnings);
	}

	static RuleInsight none(String typed, DialPattern.Problem problem) {
		return new RuleInsight(typed, problem, "", "", OptionalLong.empty(), 0, OptionalInt.empty(), null, List.of());
	}

	/** A match pattern that does what was probably meant; empty without any. */
	Optional<String> offer() {
		for (var warning : this.warnings) {
			var offered = warning.offered();
			if (offered != null) {
				return Optional.of(offered);
			}
		}
		return Optional.empty();
	}

	/** Whether no call ever gets to it. */
	public boolean shadowed() {
		return this.shadow != null;
	}

	/**
	 * Another rule that takes the numbers first. Its words stand under
	 * {@code route.insight.shadow.here} (line, pattern) and
	 * {@code route.insight.shadow.route} (line, pattern, name).
	 *
	 * @param route the earlier route, empty for a rule of the same one
	 * @param line which of its rules, from 1
	 * @param pattern what it takes
	 */
	public record Shadow(String route, int line, String pattern) {

		/** {@code here} or {@code route}. */
		public String code() {
			return this.route.isEmpty() ? "here" : "route";
		}

	}

}
