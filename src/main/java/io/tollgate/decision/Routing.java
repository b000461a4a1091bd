package io.tollgate.decision;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.tollgate.numbering.DialPattern;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;

/** Which route takes a number, and by which of its rules. */
final class Routing {

	private Routing() {
	}

	/** The first route that is there for the call and has a rule for the number. */
	static Optional<Choice> choose(Snapshot snapshot, Call call, String number) {
		return snapshot.routes()
			.stream()
			.filter((route) -> isThere(route, call))
			.flatMap((route) -> rule(route, call, number).stream().map((rule) -> new Choice(route, rule)))
			.findFirst();
	}

	private static boolean isThere(OutboundRoute route, Call call) {
		var time = route.time();
		return route.enabled() && !route.emergency() && (route.blocks() || !route.trunks().isEmpty())
				&& (route.users().isEmpty() || route.users().contains(call.endpoint()))
				&& (time == null || time.isOpen(call.at()));
	}

	/** Rules for certain callers first, by the order in which these callers come up. */
	private static Optional<DialRule> rule(OutboundRoute route, Call call, String number) {
		var callers = route.rules().stream().map(DialRule::callerId).filter(Predicate.not(String::isEmpty)).distinct();
		return Stream.concat(callers, Stream.of(""))
			.filter((caller) -> caller.isEmpty() || matches(caller, call.endpoint()))
			.flatMap((caller) -> best(route.rules().stream().filter((rule) -> rule.callerId().equals(caller)), number)
				.stream())
			.findFirst();
	}

	private static Optional<DialRule> best(Stream<DialRule> rules, String number) {
		return rules.flatMap((rule) -> parsed(rule.dialled()).map((pattern) -> new Candidate(rule, pattern)))
			.filter((candidate) -> candidate.pattern().matches(number))
			.min((one, other) -> DialPattern.ORDER.compare(one.pattern(), other.pattern()))
			.map(Candidate::rule);
	}

	private static boolean matches(String pattern, String number) {
		return parsed(pattern).anyMatch((parsed) -> parsed.matches(number));
	}

	/**
	 * What the route's editor refused is not in a route; were it there, the PBX would not
	 * match it either.
	 */
	private static Stream<DialPattern> parsed(String pattern) {
		return (DialPattern.parse("_" + pattern) instanceof DialPattern.Ok ok) ? Stream.of(ok.pattern())
				: Stream.empty();
	}

	/** Whether everything that goes the same way leaves as it came. */
	static boolean unchanged(Choice choice) {
		var caller = choice.rule().callerId();
		return choice.route()
			.rules()
			.stream()
			.filter((rule) -> rule.callerId().equals(caller))
			.allMatch((rule) -> rule.prepend().isEmpty() && rule.prefix().isEmpty());
	}

	/**
	 * @param route that takes it
	 * @param rule by which
	 */
	record Choice(OutboundRoute route, DialRule rule) {
	}

	private record Candidate(DialRule rule, DialPattern pattern) {
	}

}
