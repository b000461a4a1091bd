package io.tollgate.policy;

import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The time zones to choose from. */
public final class TimeZones {

	/** Places and UTC; not the aliases of old systems such as {@code SystemV/EST5}. */
	private static final Pattern PLACE = Pattern
		.compile("UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+");

	static final SortedSet<String> NAMES = ZoneId.getAvailableZoneIds()
		.stream()
		.filter((name) -> PLACE.matcher(name).matches())
		.collect(Collectors.toCollection(TreeSet::new));

	private TimeZones() {
	}

	/** Names by part of the world. */
	public static SortedMap<String, List<String>> byArea() {
		return NAMES.stream()
			.collect(Collectors.groupingBy((name) -> name.replaceFirst("/.*", ""), TreeMap::new, Collectors.toList()));
	}

}
