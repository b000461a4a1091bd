package io.tollgate.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of moments there are: those at which the same routes are there and the
 * company is open or not.
 */
final class Moments {

	private Moments() {
	}

	/** One of each kind in the year that begins at a moment. */
	static List<Moment> of(Snapshot snapshot, RouteRules rules, Instant now) {
		var times = rules.conditions().stream().map(RouteRules.Condition::time).toList();
		var distinct = times.stream().flatMap(Stream::ofNullable).distinct().toList();
		boolean hours = snapshot.extensions().values().stream().anyMatch((each) -> each.disallowOutsideBusinessHours());
		var kinds = new LinkedHashMap<Moment.Traits, Moment>();
		for (var at : Clock.moments(distinct, hours ? List.of(snapshot.hours()) : List.of(), now)) {
			var open = distinct.stream().filter((time) -> time.isOpen(at)).collect(Collectors.toSet());
			var traits = new Moment.Traits(there(times, open), !hours || snapshot.hours().isOpen(at));
			kinds.putIfAbsent(traits, new Moment(traits, at));
		}
		return List.copyOf(kinds.values());
	}

	private static List<Boolean> there(List<@Nullable RouteTime> times, Set<RouteTime> open) {
		var there = new ArrayList<Boolean>(times.size());
		for (var time : times) {
			there.add(time == null || open.contains(time));
		}
		return there;
	}

	/**
	 * A kind of moments.
	 *
	 * @param at one of them
	 */
	record Moment(Traits traits, Instant at) {

		/**
		 * What makes moments differ.
		 *
		 * @param conditions for each condition of rules, whether its time is
		 * @param open whether the company works
		 */
		record Traits(List<Boolean> conditions, boolean open) {
		}

	}

}
