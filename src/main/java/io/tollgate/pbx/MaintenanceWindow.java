package io.tollgate.pbx;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a PBX may be worked on, by the clock of the place where it stands.
 *
 * @param days on which it opens, at least one
 * @param from minutes since midnight at which it opens, 0-1439
 * @param to minutes since midnight at which it closes, 0-1439; at or before {@code from}
 * on the next day
 * @param zone IANA time zone
 */
public record MaintenanceWindow(SortedSet<DayOfWeek> days, int from, int to, ZoneId zone) {

	private static final int DAY = 24 * 60;

	public MaintenanceWindow {
		days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
		if (days.isEmpty() || from < 0 || from >= DAY || to < 0 || to >= DAY) {
			throw new IllegalArgumentException("window " + days + " " + from + "-" + to);
		}
	}

	public boolean isOpen(Instant at) {
		var there = at.atZone(this.zone);
		return opens(there.toLocalDate(), at) || opens(there.toLocalDate().minusDays(1), at);
	}

	private boolean opens(LocalDate day, Instant at) {
		return this.days.contains(day.getDayOfWeek()) && !at.isBefore(begin(day)) && at.isBefore(end(day));
	}

	/** The next time that it opens, after that moment. */
	public Instant nextOpening(Instant after) {
		var day = after.atZone(this.zone).toLocalDate();
		while (!this.days.contains(day.getDayOfWeek()) || !begin(day).isAfter(after)) {
			day = day.plusDays(1);
		}
		return begin(day);
	}

	/** Where the clocks leave that time out, the first one after it. */
	private Instant begin(LocalDate day) {
		return day.atTime(time(this.from)).atZone(this.zone).toInstant();
	}

	private Instant end(LocalDate day) {
		return ((this.to > this.from) ? day : day.plusDays(1)).atTime(time(this.to)).atZone(this.zone).toInstant();
	}

	private static LocalTime time(int minutes) {
		return LocalTime.of(minutes / 60, minutes % 60);
	}

}
