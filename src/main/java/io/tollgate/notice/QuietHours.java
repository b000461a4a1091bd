package io.tollgate.notice;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When only what is severe is told, by the clock on the wall there.
 *
 * @param from minute of the day that they begin with
 * @param to minute of the day that they end before; earlier than {@code from} for over
 * midnight
 */
record QuietHours(int from, int to, ZoneId zone) {

	boolean hold(Instant at) {
		var there = at.atZone(this.zone);
		int minute = there.getHour() * 60 + there.getMinute();
		return (this.from <= this.to) ? minute >= this.from && minute < this.to
				: minute >= this.from || minute < this.to;
	}

	/** {@code 22:00-07:00 Europe/Berlin}. */
	public String words() {
		return clock(this.from) + "-" + clock(this.to) + " " + this.zone;
	}

	static String clock(int minute) {
		return "%02d:%02d".formatted(minute / 60, minute % 60);
	}

}
