package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.tollgate.policy.BusinessHours;
import io.tollgate.route.RouteTime;

/**
 * The moments of a year at which times of routes and business hours begin and end. From
 * one to the next nothing changes, so whoever looks at each of them has seen all.
 */
final class Clock {

	private static final int DAYS = 366;

	/** From so many days without a clock being put forward or back a week is whole. */
	private static final int WHOLE_WEEK = 8;

	private static final int MINUTES = 24 * 60;

	private Clock() {
	}

	/** Those moments from one on, the earliest first. */
	static SortedSet<Instant> moments(Collection<RouteTime> times, Collection<BusinessHours> hours, Instant from) {
		var edges = edges(times, hours);
		var shifts = shifts(edges.keySet(), from);
		var moments = new TreeSet<Instant>(Set.of(from));
		moments.addAll(shifts);
		for (int day = 0; day <= DAYS; day++) {
			var at = from.plus(Duration.ofDays(day));
			if (day < WHOLE_WEEK || shifts.stream().anyMatch((shift) -> isNear(shift, at))) {
				edges.forEach((zone, minutes) -> minutes
					.forEach((minute) -> instants(at.atZone(zone).toLocalDate(), minute, zone).forEach(moments::add)));
			}
		}
		return moments.tailSet(from);
	}

	private static boolean isNear(Instant shift, Instant at) {
		return Duration.between(shift, at).abs().compareTo(Duration.ofDays(WHOLE_WEEK)) <= 0;
	}

	/** By zone, at which minutes of a day something begins or ends. */
	private static Map<ZoneId, Set<Integer>> edges(Collection<RouteTime> times, Collection<BusinessHours> hours) {
		var edges = new HashMap<ZoneId, Set<Integer>>();
		for (var time : times) {
			edges.computeIfAbsent(ZoneId.of(time.zone()), (zone) -> new HashSet<>(Set.of(0)))
				.addAll(List.of(time.from(), time.to()));
		}
		for (var each : hours) {
			var minutes = edges.computeIfAbsent(each.zone(), (zone) -> new HashSet<>(Set.of(0)));
			each.days().values().forEach((day) -> minutes.addAll(List.of(day.opens(), day.closes())));
		}
		return edges;
	}

	/** When a clock is put forward or back. */
	private static List<Instant> shifts(Collection<ZoneId> zones, Instant from) {
		var end = from.plus(Duration.ofDays(DAYS));
		var shifts = new ArrayList<Instant>();
		for (var zone : zones) {
			var rules = zone.getRules();
			for (var next = rules.nextTransition(from); next != null
					&& next.getInstant().isBefore(end); next = rules.nextTransition(next.getInstant())) {
				shifts.add(next.getInstant());
			}
		}
		return shifts;
	}

	/** A time of day that a clock put back shows twice, and one put forward never. */
	private static Stream<Instant> instants(LocalDate date, int minute, ZoneId zone) {
		var day = date.plusDays(minute / MINUTES);
		var local = day.atTime(LocalTime.ofSecondOfDay((minute % MINUTES) * 60L));
		return zone.getRules().getValidOffsets(local).stream().map(local::toInstant);
	}

}
