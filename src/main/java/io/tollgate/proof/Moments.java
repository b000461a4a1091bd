package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

	private static final int MINUTES = (int) Duration.ofDays(7).toMinutes();

	private Moments() {
	}

	/** One of each kind in the year that begins at a moment; all times are of minutes. */
	static List<Moment> of(Snapshot snapshot, RouteRules rules, Instant now) {
		var times = rules.conditions().stream().map(RouteRules.Condition::time).toList();
		boolean clockless = times.stream().allMatch((time) -> time == null)
				&& snapshot.extensions().values().stream().noneMatch((each) -> each.disallowOutsideBusinessHours());
		var kinds = new LinkedHashMap<Moment.Traits, Moment>();
		for (var start : clockless ? List.of(now) : weeks(snapshot, times, now)) {
			for (int minute = 0; minute < (clockless ? 1 : MINUTES); minute++) {
				var at = (minute == 0) ? start : start.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(minute));
				var traits = new Moment.Traits(there(times, at), clockless || snapshot.hours().isOpen(at));
				kinds.putIfAbsent(traits, new Moment(traits, at));
			}
		}
		return List.copyOf(kinds.values());
	}

	/** One week of each distance that the clocks of the zones have from each other. */
	private static Collection<Instant> weeks(Snapshot snapshot, List<@Nullable RouteTime> times, Instant now) {
		var zones = times.stream()
			.flatMap((time) -> (time != null) ? Stream.of(ZoneId.of(time.zone())) : Stream.empty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		zones.add(snapshot.hours().zone());
		var weeks = new LinkedHashMap<List<Integer>, Instant>();
		for (int day = 0; day < 366; day++) {
			var at = now.plus(Duration.ofDays(day));
			var offsets = zones.stream().map((zone) -> zone.getRules().getOffset(at).getTotalSeconds()).toList();
			weeks.putIfAbsent(offsets.stream().map((offset) -> offset - offsets.getFirst()).toList(), at);
		}
		return weeks.values();
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
