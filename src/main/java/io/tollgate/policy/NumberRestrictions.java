package io.tollgate.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What nobody on a PBX may dial, in whatever spelling: national, 1 and the number, ten
 * digits, +, 00, 011.
 *
 * @param entries the beginnings of numbers in full, digits ({@code 1900}, {@code 881}),
 * or an exchange of every area code of the +1 plan ({@code 1XXX976})
 * @param exemptions extensions that may, for one entry each. Those that have ended are
 * here too until somebody removes them, so that nothing compiled changes by itself; the
 * PBX compares the time
 */
public record NumberRestrictions(SortedSet<String> entries, List<Exemption> exemptions) {

	public NumberRestrictions {
		entries = Collections.unmodifiableSortedSet(new TreeSet<>(entries));
		exemptions = List.copyOf(exemptions);
	}

	/** Restricts nothing. */
	public static NumberRestrictions none() {
		return new NumberRestrictions(new TreeSet<>(), List.of());
	}

}
