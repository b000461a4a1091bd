package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

import io.tollgate.decision.Snapshot;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of moments of a week: those at which the same routes are there and the
 * company is open or not.
 */
final class Moments {

	private static final int MINUTES = (int) Duration.ofDays(7).toMinutes();

	private Moments() {
	}

	/** One of each kind in the week that begins at a moment; all times are of minutes. */
	static List<Moment> of(Snapshot snapshot, RouteRules rules, Instant now) {
		var times = rules.conditions().stream().map(RouteRules.Condition::time).toList();
		var start = now.truncatedTo(ChronoUnit.MINUTES);
		boolean clockless = times.stream().allMatch((time) -> time == null)
				&& snapshot.extensions().values().stream().noneMatch((each) -> each.disallowOutsideBusinessHours());
		var kinds = new LinkedHashMap<Moment.Traits, Moment>();
		for (int minute = 0; minute < (clockless ? 1 : MINUTES); minute++) {
			var at = (minute == 0) ? now : start.plus(Duration.ofMinutes(minute));
			var traits = new Moment.Traits(there(times, at), clockless || snapshot.hours().isOpen(at));
			kinds.putIfAbsent(traits, new Moment(traits, at));
		}
		return List.copyOf(kinds.values());
	}

	private static List<Boolean> there(List<@Nullable RouteTime> times, Instant at) {
		var there = new ArrayList<Boolean>(times.size());
		for (var time : times) {
			there.add(time == null || time.isOpen(at));
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
