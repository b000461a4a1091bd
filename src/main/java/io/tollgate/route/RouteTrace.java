package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which route takes a number, going down the list as a PBX does, for a caller and a
 * moment that are not known: a route for some extensions or hours may take it, and the
 * search goes on.
 *
 * @param number what is dialled
 * @param steps one for each route, in their order
 * @param caught the route that takes the number whoever calls, counted from 0; -1 for
 * none
 * @param rule the rule of that route, {@code null} without one
 */
record RouteTrace(String number, List<Step> steps, int caught, @Nullable DialRule rule) {

	RouteTrace {
		steps = List.copyOf(steps);
	}

	static RouteTrace of(String number, List<OutboundRoute> routes) {
		var steps = new ArrayList<Step>();
		int caught = -1;
		DialRule caughtBy = null;
		for (var route : routes) {
			var rule = (caught < 0 && route.enabled()) ? rule(number, route, true) : Optional.<DialRule>empty();
			if (caught >= 0) {
				steps.add(Step.UNREACHED);
			}
			else if (rule.isPresent() && route.users().isEmpty() && route.time() == null) {
				steps.add(Step.HIT);
				caught = steps.size() - 1;
				caughtBy = rule.get();
			}
			else {
				boolean some = rule.isPresent() || (route.enabled() && rule(number, route, false).isPresent());
				steps.add(some ? Step.PERHAPS : Step.MISSED);
			}
		}
		return new RouteTrace(number, steps, caught, caughtBy);
	}

	/**
	 * The rule that Asterisk takes for a number: the most specific one.
	 * @param everybody only rules for every caller
	 */
	static Optional<DialRule> rule(String number, OutboundRoute route, boolean everybody) {
		return DialRule.mostSpecific(route.rules().stream().filter((rule) -> !everybody || rule.callerId().isEmpty()),
				number);
	}

	/** Whether some emergency number among those is dialled. */
	boolean isOneOf(Set<String> numbers) {
		return numbers.contains(this.number);
	}

	/** What becomes of a number at a route. */
	enum Step {

		/** Takes it, whoever calls. */
		HIT,
		/** Takes it from some callers or at some hours. */
		PERHAPS,
		/** Does not take it, or is off. */
		MISSED,
		/** Is not asked any more. */
		UNREACHED

	}

}
