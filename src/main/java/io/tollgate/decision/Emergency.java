package io.tollgate.decision;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.route.OutboundRoute;

/** How emergency numbers leave. */
public final class Emergency {

	private Emergency() {
	}

	/**
	 * The emergency numbers by what is dialled: those of the policy by the first
	 * emergency route, else by the first route with trunks, and what emergency routes
	 * have besides. Empty when there is no trunk at all.
	 */
	public static SortedMap<String, Way> numbers(Snapshot snapshot) {
		var routes = snapshot.routes()
			.stream()
			.filter((route) -> route.enabled() && !route.trunks().isEmpty() && !route.blocks())
			.toList();
		var emergency = routes.stream().filter(OutboundRoute::emergency).toList();
		var ways = new TreeMap<String, Way>();
		(emergency.isEmpty() ? routes : emergency).stream()
			.findFirst()
			.ifPresent((route) -> snapshot.policy()
				.emergencyNumbers()
				.forEach((number) -> ways.put(number, new Way(number, route.trunks()))));
		for (var route : emergency.reversed()) {
			for (var rule : route.rules()) {
				ways.put(rule.dialled(), new Way(rule.match(), route.trunks()));
			}
		}
		return ways;
	}

	/**
	 * @param number what is sent
	 * @param trunks tried in this order
	 */
	public record Way(String number, List<String> trunks) {
	}

}
