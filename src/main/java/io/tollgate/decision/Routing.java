package io.tollgate.decision;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
			.filter((route) -> isThere(snapshot, route, call))
			.flatMap((route) -> rule(route, call, number).stream().map((rule) -> new Choice(route, rule)))
			.findFirst();
	}

	private static boolean isThere(Snapshot snapshot, OutboundRoute route, Call call) {
		var time = route.time();
		return route.enabled() && !route.emergency() && (route.blocks() || !route.trunks().isEmpty())
				&& (route.users().isEmpty() || snapshot.names(route.users(), call.endpoint()))
				&& (time == null || time.isOpen(call.at()));
	}

	/** Rules for certain callers first, by the order in which these callers come up. */
	private static Optional<DialRule> rule(OutboundRoute route, Call call, String number) {
		var callers = route.rules().stream().map(DialRule::callerId).filter(Predicate.not(String::isEmpty)).distinct();
		return Stream.concat(callers, Stream.of(""))
			.map((caller) -> route.rules()
				.stream()
				.filter((rule) -> rule.callerId().equals(caller) && rule.isFor(call.endpoint())))
			.flatMap((rules) -> DialRule.mostSpecific(rules, number).stream())
			.findFirst();
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

}
