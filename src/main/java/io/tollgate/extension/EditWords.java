package io.tollgate.extension;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Says in the audit trail what an edit of many extensions changed. */
final class EditWords {

	/** Numbers written out for one PBX; the rest is counted. */
	private static final int NUMBERS = 40;

	private EditWords() {
	}

	/** One line for each field that was edited: how many had what. */
	static String before(RestrictionEdit edit, Collection<CallRestrictions> before) {
		var lines = new ArrayList<String>();
		if (edit.disallowInternational() != null) {
			lines.add(
					"Disallow International Calls: " + counted(before, (each) -> ticked(each.disallowInternational())));
		}
		if (edit.disallowOutbound() != null) {
			lines.add("Disallow Outbound Calls: " + counted(before, (each) -> ticked(each.disallowOutbound())));
		}
		if (edit.disallowOutsideBusinessHours() != null) {
			lines.add("Disallow Outbound Calls outside Business Hours: "
					+ counted(before, (each) -> ticked(each.disallowOutsideBusinessHours())));
		}
		if (edit.maxDuration() != null) {
			lines.add("Max Outbound Call Duration: " + counted(before, (each) -> limit(each.maxDurationSeconds())));
		}
		return String.join("\n", lines);
	}

	/** The new values, how many extensions changed, and their numbers. */
	static String after(RestrictionEdit edit, Map<String, List<String>> numbersByPbx) {
		var lines = new ArrayList<String>();
		if (edit.disallowInternational() != null) {
			lines.add("Disallow International Calls: " + ticked(edit.disallowInternational()));
		}
		if (edit.disallowOutbound() != null) {
			lines.add("Disallow Outbound Calls: " + ticked(edit.disallowOutbound()));
		}
		if (edit.disallowOutsideBusinessHours() != null) {
			lines.add("Disallow Outbound Calls outside Business Hours: " + ticked(edit.disallowOutsideBusinessHours()));
		}
		if (edit.maxDuration() != null) {
			lines.add("Max Outbound Call Duration: " + limit(edit.maxDuration().seconds()));
		}
		new TreeMap<>(numbersByPbx).forEach((pbx, numbers) -> lines.add(numbers(pbx, numbers)));
		return String.join("\n", lines);
	}

	private static String numbers(String pbx, List<String> numbers) {
		var shown = String.join(", ", numbers.subList(0, Math.min(NUMBERS, numbers.size())));
		int more = numbers.size() - NUMBERS;
		return "%,d on %s: %s%s".formatted(numbers.size(), pbx, shown,
				(more > 0) ? " and %,d more".formatted(more) : "");
	}

	private static String counted(Collection<CallRestrictions> all, Function<CallRestrictions, String> word) {
		var counts = all.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
		return counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
			.map((entry) -> "%s on %,d".formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining(", "));
	}

	private static String ticked(boolean ticked) {
		return ticked ? "ticked" : "not ticked";
	}

	private static String limit(@Nullable Integer seconds) {
		return (seconds != null) ? "%,d s".formatted(seconds) : "no limit";
	}

}
