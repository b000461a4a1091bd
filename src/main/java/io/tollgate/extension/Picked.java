package io.tollgate.extension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How many extensions were picked on each PBX, by what they may not do: all that has to
 * be known of thousands.
 */
record Picked(SortedMap<Long, Map<CallRestrictions, Integer>> byPbx) {

	int count() {
		return this.byPbx.values().stream().mapToInt(Picked::sum).sum();
	}

	int count(Predicate<CallRestrictions> test) {
		return all().entrySet().stream().filter((each) -> test.test(each.getKey())).mapToInt(Map.Entry::getValue).sum();
	}

	/** On all PBXs together. */
	Map<CallRestrictions, Integer> all() {
		var all = new HashMap<CallRestrictions, Integer>();
		this.byPbx.values().forEach((counts) -> counts.forEach((each, count) -> all.merge(each, count, Integer::sum)));
		return all;
	}

	/** How many on each PBX. */
	SortedMap<Long, Integer> counts() {
		return this.byPbx.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (each) -> sum(each.getValue()), Integer::sum, TreeMap::new));
	}

	SortedSet<Long> pbxIds() {
		return new TreeSet<>(this.byPbx.keySet());
	}

	/** Those that have other restrictions after the edit. */
	Picked changedBy(RestrictionEdit edit) {
		var changed = new TreeMap<Long, Map<CallRestrictions, Integer>>();
		this.byPbx.forEach((pbx, counts) -> {
			var others = new HashMap<>(counts);
			others.keySet().removeIf((each) -> edit.applyTo(each).equals(each));
			if (!others.isEmpty()) {
				changed.put(pbx, others);
			}
		});
		return new Picked(changed);
	}

	/**
	 * The PBXs in parts of about that many extensions. A PBX is never divided.
	 */
	List<List<Long>> parts(int size) {
		var parts = new ArrayList<List<Long>>();
		int room = 0;
		for (var each : counts().entrySet()) {
			if (each.getValue() > room) {
				parts.add(new ArrayList<>());
				room = size;
			}
			parts.getLast().add(each.getKey());
			room -= each.getValue();
		}
		return parts;
	}

	private static int sum(Map<CallRestrictions, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

}
