package io.tollgate.apply;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;

/**
 * How far the extensions of a PBX can call.
 *
 * @param codes calling codes that at least one extension may dial
 * @param callers extensions that may call abroad
 * @param extensions all extensions
 */
public record Reach(SortedSet<String> codes, int callers, int extensions) {

	public Reach {
		codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
	}

	static Reach of(Snapshot snapshot) {
		int callers = Changes.callers(snapshot);
		var codes = new TreeSet<String>();
		if (callers > 0) {
			codes.addAll(snapshot.policy().protectionEnabled() ? snapshot.policy().allowedCodes() : allCodes());
		}
		return new Reach(codes, callers, snapshot.extensions().size());
	}

	private static SortedSet<String> allCodes() {
		return CallingCodes.all().stream().map(CallingCodeEntry::code).collect(Collectors.toCollection(TreeSet::new));
	}

}
