package io.tollgate.route;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.tollgate.numbering.DialPattern;

/**
 * One row of dial patterns. It takes what begins with the prefix and goes on with what
 * the match pattern matches; the prefix is taken off and the prepended digits are put in
 * front. Empty text stands for none.
 *
 * @param prepend digits, {@code +}, {@code *} or {@code #}, put in front of what is sent
 * @param prefix digits, {@code +}, {@code *} or {@code #} that must be dialled and are
 * not sent
 * @param match an Asterisk dial pattern without leading underscore: {@code NXXXXXXXXX}
 * @param callerId a dial pattern of the calling extension's number. Not of the caller ID
 * that the phone sends: that can be forged
 */
public record DialRule(String prepend, String prefix, String match, String callerId) {

	/** A rule that sends what was dialled. */
	public static DialRule of(String match) {
		return new DialRule("", "", match, "");
	}

	/** What is dialled, as one pattern without underscore. */
	public String dialled() {
		return this.prefix + this.match;
	}

	/**
	 * What is dialled, parsed; empty when it is no pattern. The editor refuses such a
	 * rule, and a PBX would not match it either.
	 */
	Optional<DialPattern> pattern() {
		return parsed(dialled());
	}

	/** Whether that number, as dialled, is one of those that it takes. */
	public boolean takes(String number) {
		return pattern().filter((pattern) -> pattern.matches(number)).isPresent();
	}

	/** Whether it is there for an extension. */
	public boolean isFor(String extension) {
		return this.callerId.isEmpty()
				|| parsed(this.callerId).filter((pattern) -> pattern.matches(extension)).isPresent();
	}

	/** The rule among those that Asterisk takes for a number: the most specific one. */
	public static Optional<DialRule> mostSpecific(Stream<DialRule> rules, String number) {
		return rules.flatMap((rule) -> rule.pattern().stream().map((pattern) -> Map.entry(pattern, rule)))
			.filter((candidate) -> candidate.getKey().matches(number))
			.min(Map.Entry.comparingByKey(DialPattern.ORDER))
			.map(Map.Entry::getValue);
	}

	private static Optional<DialPattern> parsed(String pattern) {
		return (DialPattern.parse("_" + pattern) instanceof DialPattern.Ok ok) ? Optional.of(ok.pattern())
				: Optional.empty();
	}

	/**
	 * The number that is sent for a number that this rule takes.
	 * @param dialled begins with the prefix
	 */
	public String send(String dialled) {
		return this.prepend + dialled.substring(this.prefix.length());
	}

}
