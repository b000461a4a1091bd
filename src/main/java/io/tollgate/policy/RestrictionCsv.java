package io.tollgate.policy;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Number restrictions as FreePBX's dial patterns, in the order of its own CSV files. What
 * is written here reads back to the same entries.
 */
final class RestrictionCsv {

	private RestrictionCsv() {
	}

	static String of(Collection<String> entries, PolicyRules rules) {
		SortedSet<String> sorted = new TreeSet<>(entries);
		var csv = new StringBuilder("prepend,prefix,match pattern,callerid\r\n");
		sorted.forEach((entry) -> csv.append(",,").append(pattern(entry, rules)).append(",\r\n"));
		return csv.toString();
	}

	/** As it is dialled: with the dialing code, or as it stands for +1. */
	private static String pattern(String entry, PolicyRules rules) {
		return (entry.startsWith("1") ? "" : rules.dialingCode()) + entry.replace("XXX", "NXX") + ".";
	}

}
