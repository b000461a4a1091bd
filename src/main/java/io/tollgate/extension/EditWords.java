package io.tollgate.extension;

import java.util.ArrayList;
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
	static final int NUMBERS = 40;

	/** PBXs written out; the rest is counted. */
	static final int PBXS = 20;

	private EditWords() {
	}

	/** One line for each field that was edited: how many had what. */
	static String before(RestrictionEdit edit, Map<CallRestrictions, Integer> before) {
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

	/**
	 * The new values, how many extensions changed on which PBXs, and their numbers.
	 * @param filter what they were picked by, empty when they were ticked one by one
	 * @param changed on the first PBXs
	 * @param others how many on PBXs that are not named
	 * @param otherPbxs how many those are
	 */
	static String after(RestrictionEdit edit, String filter, List<OnPbx> changed, int others, int otherPbxs) {
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
		if (!filter.isEmpty()) {
			lines.add("Picked: " + filter);
		}
		changed.forEach((each) -> lines.add(each.words()));
		if (otherPbxs > 0) {
			lines.add("%,d on %,d other PBXs".formatted(others, otherPbxs));
		}
		return String.join("\n", lines);
	}

	private static String counted(Map<CallRestrictions, Integer> all, Function<CallRestrictions, String> word) {
		var counts = new TreeMap<String, Integer>();
		all.forEach((each, count) -> counts.merge(word.apply(each), count, Integer::sum));
		return counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
			.map((entry) -> "%s on %,d".formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining(", "));
	}

	private static String ticked(boolean ticked) {
		return ticked ? "ticked" : "not ticked";
	}

	private static String limit(@Nullable Integer seconds) {
		return (seconds != null) ? "%,d s".formatted(seconds) : "no limit";
	}

	/**
	 * What changed on one PBX.
	 *
	 * @param numbers the first of them
	 */
	record OnPbx(String pbx, int count, List<String> numbers) {

		String words() {
			int more = this.count - this.numbers.size();
			return "%,d on %s: %s%s".formatted(this.count, this.pbx, String.join(", ", this.numbers),
					(more > 0) ? " and %,d more".formatted(more) : "");
		}

	}

}
