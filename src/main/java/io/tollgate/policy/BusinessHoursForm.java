package io.tollgate.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The business hours as typed, and what is wrong with them.
 *
 * @param zone name of the time zone
 * @param zoneError what to do about it, {@code null} when it is fine
 * @param days seven, Monday first
 * @param hours what was typed, {@code null} while something is wrong
 */
record BusinessHoursForm(String zone, @Nullable String zoneError, List<Day> days, @Nullable BusinessHours hours) {

	private static final int MIDNIGHT = 1440;

	private static final Pattern TIME = Pattern.compile("([0-9]{1,2})(?::?([0-5][0-9]))?");

	/** What stands in the fields of a day that is closed. */
	private static final BusinessHours.Hours USUAL = new BusinessHours.Hours(480, 1080);

	/** The fields for those hours. */
	static BusinessHoursForm of(BusinessHours hours, Locale locale) {
		var days = new ArrayList<Day>();
		for (DayOfWeek day : DayOfWeek.values()) {
			var open = hours.days().get(day);
			var shown = (open != null) ? open : USUAL;
			days.add(new Day(day.getValue(), name(day, locale), open != null, WorkingWeek.clock(shown.opens()),
					WorkingWeek.clock(shown.closes()), null, false, false));
		}
		return new BusinessHoursForm(hours.zone().getId(), null, days, hours);
	}

	/**
	 * Reads the fields.
	 * @param fields {@code zone}, and for each day from 1 to 7 {@code open-1},
	 * {@code from-1}, {@code to-1}
	 */
	static BusinessHoursForm read(Map<String, String> fields, MessageSource messages, Locale locale) {
		var zone = fields.getOrDefault("zone", "");
		var zoneId = zone(zone);
		var zoneError = (zoneId != null) ? null : messages.getMessage("policy.hours.zone.unknown", null, locale);
		var days = new ArrayList<Day>();
		var open = new EnumMap<DayOfWeek, BusinessHours.Hours>(DayOfWeek.class);
		for (DayOfWeek day : DayOfWeek.values()) {
			var read = day(day, fields, messages, locale);
			days.add(read);
			if (read.open() && read.error() == null) {
				open.put(day, new BusinessHours.Hours(minutes(read.from()), end(read.to())));
			}
		}
		boolean right = zoneId != null && days.stream().allMatch((day) -> day.error() == null);
		return new BusinessHoursForm(zone, zoneError, days,
				(right && zoneId != null) ? new BusinessHours(zoneId, open) : null);
	}

	private static @Nullable ZoneId zone(String name) {
		try {
			return TimeZones.NAMES.contains(name) ? ZoneId.of(name) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static Day day(DayOfWeek day, Map<String, String> fields, MessageSource messages, Locale locale) {
		int number = day.getValue();
		var name = name(day, locale);
		boolean open = fields.containsKey("open-" + number);
		var from = fields.getOrDefault("from-" + number, "").strip();
		var to = fields.getOrDefault("to-" + number, "").strip();
		boolean fromWrong = open && (minutes(from) < 0 || minutes(from) == MIDNIGHT);
		boolean toWrong = open && minutes(to) < 0;
		String error = null;
		if (fromWrong) {
			error = messages.getMessage("policy.hours.from.missing", new Object[] { name }, locale);
		}
		else if (toWrong) {
			error = messages.getMessage("policy.hours.to.missing", new Object[] { name }, locale);
		}
		else if (open && minutes(from) >= end(to)) {
			toWrong = true;
			error = messages.getMessage("policy.hours.order", new Object[] { from, name }, locale);
		}
		return new Day(number, name, open, from, to, error, fromWrong, toWrong);
	}

	private static String name(DayOfWeek day, Locale locale) {
		return day.getDisplayName(TextStyle.FULL_STANDALONE, locale);
	}

	/**
	 * Minutes since midnight, -1 for what is no time: {@code 08:00}, {@code 8:00},
	 * {@code 0800}, {@code 8}, {@code 24:00}.
	 */
	private static int minutes(String time) {
		var read = TIME.matcher(time);
		if (!read.matches()) {
			return -1;
		}
		int minutes = Integer.parseInt(read.group(1)) * 60
				+ ((read.group(2) != null) ? Integer.parseInt(read.group(2)) : 0);
		return (minutes <= MIDNIGHT) ? minutes : -1;
	}

	/** 00:00 as an end is the end of the day. */
	private static int end(String time) {
		int minutes = minutes(time);
		return (minutes == 0) ? MIDNIGHT : minutes;
	}

	/**
	 * One day as typed.
	 *
	 * @param number Monday is 1
	 * @param open whether it is a working day
	 * @param from when it opens, {@code HH:mm}
	 * @param to when it closes, {@code HH:mm}; {@code 24:00} is the end of the day
	 * @param error what to do, {@code null} when it is fine
	 */
	record Day(int number, String name, boolean open, String from, String to, @Nullable String error, boolean fromWrong,
			boolean toWrong) {
	}

}
