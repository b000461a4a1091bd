package io.tollgate.route;

import java.util.Comparator;
import java.util.Optional;

import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import org.jspecify.annotations.Nullable;

/**
 * A rule, read once to calculate with.
 *
 * @param route where it stands, empty for the route that is looked at
 * @param place where that route stands in the list, from 0
 * @param line where in its route, from 1
 * @param pattern what is dialled
 * @param dialled the numbers of it
 * @param prefix what is taken off
 * @param prepend what is put in front
 * @param caller the extensions it is for, {@code null} for all
 */
record ReadRule(String route, int place, int line, DialRule rule, DialPattern pattern, NumberSet dialled, String prefix,
		String prepend, @Nullable DialPattern caller) {

	/** Which of the rules of one route is asked first, as Asterisk has it. */
	private static final Comparator<ReadRule> ORDER = Comparator
		.comparing((ReadRule rule) -> (rule.caller == null) ? 1 : 0)
		.thenComparing(ReadRule::pattern, DialPattern.ORDER)
		.thenComparing(ReadRule::caller, Comparator.nullsLast(DialPattern.ORDER))
		.thenComparing(ReadRule::line);

	/** Empty when it is no pattern, or when what is to be taken off is no number. */
	static Optional<ReadRule> of(String route, int place, int line, DialRule rule) {
		if (!plain(rule.prefix()).equals(RouteCheck.bare(rule.prefix()))) {
			return Optional.empty();
		}
		if (!(DialPattern.parse(rule.dialled()) instanceof DialPattern.Ok(DialPattern pattern))) {
			return Optional.empty();
		}
		@Nullable DialPattern caller = null;
		if (!rule.callerId().isBlank()) {
			if (!(DialPattern.parse(rule.callerId()) instanceof DialPattern.Ok(DialPattern asked))) {
				return Optional.empty();
			}
			caller = asked;
		}
		return Optional.of(new ReadRule(route, place, line, rule, pattern, pattern.numbers(), plain(rule.prefix()),
				plain(rule.prepend()), caller));
	}

	/** The numbers that go out, after what is taken off and put in front. */
	NumberSet sent() {
		return sendsWhatIsDialled() ? this.dialled
				: this.dialled.rewrite(this.prefix.length(), NumberSet.of(this.prepend));
	}

	/** What goes out for a number of this rule. */
	String sentFor(String number) {
		return this.prepend + number.substring(this.prefix.length());
	}

	/** What is dialled for a number that goes out. */
	NumberSet dialledFor(NumberSet sent) {
		return sendsWhatIsDialled() ? sent : sent.rewrite(this.prepend.length(), NumberSet.of(this.prefix));
	}

	boolean sendsWhatIsDialled() {
		return this.prefix.isEmpty() && this.prepend.isEmpty();
	}

	/** Only what a number is made of: the rest is refused elsewhere. */
	private static String plain(String typed) {
		return typed.isEmpty() ? typed : typed.replaceAll("[^0-9*#+]", "");
	}

	/** Whether every call that this rule could take, the other one takes before it. */
	boolean isHiddenBy(ReadRule other) {
		return other.dialled.covers(this.dialled) && isAfter(other) && isForCallersOf(other);
	}

	private boolean isAfter(ReadRule other) {
		return other.place < this.place || (other.place == this.place && ORDER.compare(other, this) < 0);
	}

	private boolean isForCallersOf(ReadRule other) {
		return other.caller == null || (this.caller != null && other.caller.covers(this.caller));
	}

}
