package io.tollgate.numbering;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A ready-made list of numbers that look ordinary and cost money. */
public enum RestrictionPreset {

	/** Area codes of +1 outside the United States, their territories and Canada. */
	NANP_OFFSHORE,
	/** Area codes of +1 in the territories of the United States. */
	US_TERRITORIES,
	/** Area code 900 and the exchange 976 of every area code. */
	NANP_PREMIUM,
	/** Area codes of +1 that stand for a person or a service, not for a place. */
	PERSONAL_NUMBERS,
	/** Satellite and other networks of no country. */
	SATELLITE,
	/** 101XXXX, which hands a call to another carrier. */
	CARRIER_ACCESS;

	private static final Map<RestrictionPreset, SortedSet<String>> ENTRIES = read();

	/** The prefixes, E.164 digits, or {@code 1XXX976} for an exchange of the +1 plan. */
	public SortedSet<String> entries() {
		return ENTRIES.getOrDefault(this, Collections.emptySortedSet());
	}

	private static Map<RestrictionPreset, SortedSet<String>> read() {
		var presets = new EnumMap<RestrictionPreset, SortedSet<String>>(RestrictionPreset.class);
		for (String[] row : Tables.rows("restriction-presets.tsv")) {
			presets.put(valueOf(row[0]), Collections.unmodifiableSortedSet(new TreeSet<>(Tables.list(row[1]))));
		}
		return presets;
	}

}
