package io.tollgate.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The working week of the company.
 *
 * @param zone the time zone that the hours are in, an IANA name
 * @param days the open days; a day that is missing is closed
 */
public record BusinessHours(ZoneId zone, Map<DayOfWeek, Hours> days) {

	public BusinessHours {
		var copy = new EnumMap<DayOfWeek, Hours>(DayOfWeek.class);
		copy.putAll(days);
		days = Collections.unmodifiableMap(copy);
	}

	/** Whether the company works at that moment. */
	public boolean isOpen(Instant at) {
		var local = at.atZone(this.zone);
		var hours = this.days.get(local.getDayOfWeek());
		int minute = local.getHour() * 60 + local.getMinute();
		return hours != null && minute >= hours.opens() && minute < hours.closes();
	}

	/**
	 * One day.
	 *
	 * @param opens minutes since midnight, 0-1439, inclusive
	 * @param closes minutes since midnight, 1-1440, exclusive, after {@code opens}
	 */
	public record Hours(int opens, int closes) {

		public Hours {
			if (opens < 0 || closes > 1440 || opens >= closes) {
				throw new IllegalArgumentException("hours " + opens + "-" + closes);
			}
		}

	}

}
