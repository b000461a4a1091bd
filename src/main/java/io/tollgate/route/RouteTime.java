package io.tollgate.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a route is there.
 *
 * @param zone IANA time zone
 * @param days days of the week, at least one
 * @param from minutes since midnight, 0-1439
 * @param to exclusive, 1-1440, later than {@code from}
 */
public record RouteTime(String zone, SortedSet<DayOfWeek> days, int from, int to) {

	public RouteTime {
		days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
	}

	/** Whether the route is there at that moment. */
	public boolean isOpen(Instant at) {
		var local = at.atZone(ZoneId.of(this.zone));
		int minute = local.getHour() * 60 + local.getMinute();
		return this.days.contains(local.getDayOfWeek()) && minute >= this.from && minute < this.to;
	}

}
