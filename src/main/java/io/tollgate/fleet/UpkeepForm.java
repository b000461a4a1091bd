package io.tollgate.fleet;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tollgate.pbx.MaintenanceWindow;
import io.tollgate.pbx.Upkeep;
import org.jspecify.annotations.Nullable;

/**
 * The group and maintenance window of a PBX as typed.
 *
 * @param group name of its group
 * @param day days on which the window opens, 1-7; none for always
 * @param from {@code 22:00}
 * @param to {@code 4:00}, on the next day when it is not later
 * @param zone IANA time zone
 */
record UpkeepForm(@Nullable String group, @Nullable List<String> day, @Nullable String from, @Nullable String to,
		@Nullable String zone) {

	private static final int LONGEST_GROUP = 63;

	private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):?([0-5][0-9])");

	private static final UpkeepForm USUAL = new UpkeepForm("", List.of(), "22:00", "04:00", "UTC");

	UpkeepForm {
		day = (day != null) ? List.copyOf(day) : List.of();
	}

	static UpkeepForm of(Upkeep upkeep) {
		var window = upkeep.window();
		if (window == null) {
			return new UpkeepForm(upkeep.group(), List.of(), USUAL.from(), USUAL.to(), USUAL.zone());
		}
		return new UpkeepForm(upkeep.group(),
				window.days().stream().map((day) -> String.valueOf(day.getValue())).toList(), clock(window.from()),
				clock(window.to()), window.zone().getId());
	}

	private static String clock(int minutes) {
		return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
	}

	/** Message codes under {@code pbx.error.} by field; empty when all is well. */
	Map<String, String> errors() {
		var errors = new HashMap<String, String>();
		if (name().length() > LONGEST_GROUP || name().chars().anyMatch(Character::isISOControl)) {
			errors.put("group", "group");
		}
		if (isWindowed()) {
			if (minutes(this.from) == null) {
				errors.put("from", "time");
			}
			if (minutes(this.to) == null) {
				errors.put("to", "time");
			}
			if (!ZoneId.getAvailableZoneIds().contains(Objects.requireNonNullElse(this.zone, ""))) {
				errors.put("zone", "zone");
			}
		}
		return errors;
	}

	private boolean isWindowed() {
		return !days().isEmpty();
	}

	private List<String> days() {
		return Objects.requireNonNullElse(this.day, List.<String>of())
			.stream()
			.filter((number) -> number.matches("[1-7]"))
			.toList();
	}

	private String name() {
		return Objects.requireNonNullElse(this.group, "").strip();
	}

	/** What was typed, when there is nothing wrong with it. */
	Upkeep toUpkeep() {
		if (!isWindowed()) {
			return new Upkeep(name(), null);
		}
		var days = days().stream()
			.map((number) -> DayOfWeek.of(Integer.parseInt(number)))
			.collect(Collectors.toCollection(TreeSet::new));
		return new Upkeep(name(), new MaintenanceWindow(days, Objects.requireNonNull(minutes(this.from)),
				Objects.requireNonNull(minutes(this.to)), ZoneId.of(Objects.requireNonNull(this.zone))));
	}

	private static @Nullable Integer minutes(@Nullable String text) {
		var matcher = TIME.matcher(Objects.requireNonNullElse(text, "").strip());
		return matcher.matches()
				? Integer.valueOf(Integer.parseInt(matcher.group(1)) * 60 + Integer.parseInt(matcher.group(2))) : null;
	}

}
