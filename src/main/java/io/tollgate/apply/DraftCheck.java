package io.tollgate.apply;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.proof.Difference;
import io.tollgate.proof.LeakCheck;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;

/**
 * What an apply would mean for one PBX, over all numbers.
 *
 * @param dangers what would be worse than now
 * @param closed how many leaks it would close
 * @param result what can be claimed of the rules after it
 * @param difference what becomes dialable or stops being so
 */
record DraftCheck(List<Danger> dangers, int closed, LeakReport.Result result, Difference difference) {

	DraftCheck {
		dangers = List.copyOf(dangers);
	}

	/**
	 * Looks at all numbers, which may take seconds.
	 * @param before what the PBX runs, {@code null} when nothing was ever applied
	 * @param after what it would run
	 */
	static DraftCheck of(@Nullable Snapshot before, Snapshot after, Instant now) {
		var live = (before != null) ? LeakCheck.of(before, now) : null;
		var draft = LeakCheck.of(after, now);
		return new DraftCheck(Dangers.between(before, live, after, draft),
				(live != null && draft.result() != LeakReport.Result.NOT_PROVED) ? closed(live, draft) : 0,
				draft.result(), Difference.of(before, after, now));
	}

	/** Nobody knows what the apply would mean. */
	static DraftCheck failed(String why) {
		return new DraftCheck(List.of(new Danger.Unknown(why)), 0, LeakReport.Result.NOT_PROVED,
				new Difference(List.of(), 0, new TreeSet<>(), new TreeSet<>(), false));
	}

	private static int closed(LeakReport live, LeakReport draft) {
		return (int) live.leaks()
			.stream()
			.filter((leak) -> draft.leaks()
				.stream()
				.noneMatch((left) -> left.kind() == leak.kind()
						&& !Collections.disjoint(left.subjects(), leak.subjects())))
			.count();
	}

}
