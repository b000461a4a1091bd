package io.tollgate.apply;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.proof.Difference;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;

/**
 * What an apply would mean for one PBX, over all numbers.
 *
 * @param dangers what would be worse than now
 * @param closed how many leaks it would close
 * @param complete whether all numbers could be looked at: only then no leak means that
 * there is none
 * @param difference what becomes dialable or stops being so
 * @param loosens whether somebody could dial more, as far as anybody knows
 */
record DraftCheck(List<Danger> dangers, int closed, boolean complete, Difference difference, boolean loosens) {

	DraftCheck {
		dangers = List.copyOf(dangers);
	}

	/**
	 * What the reports say.
	 * @param before what the PBX runs, {@code null} when nothing was ever applied
	 * @param live the report about that, {@code null} without
	 * @param after what it would run
	 * @param draft the report about that
	 * @param difference between the two
	 */
	static DraftCheck of(@Nullable Snapshot before, @Nullable LeakReport live, Snapshot after, LeakReport draft,
			Difference difference) {
		boolean complete = draft.gaps().isEmpty();
		var dangers = Dangers.between(before, live, after, draft);
		return new DraftCheck(dangers, (live != null && complete) ? closed(live, draft) : 0, complete, difference,
				Loosening.isBetween(before, after, difference, dangers));
	}

	/** Nobody knows what the apply would mean. */
	static DraftCheck failed(String why) {
		return new DraftCheck(List.of(new Danger.Unknown(why)), 0, false,
				new Difference(List.of(), 0, new TreeSet<>(), new TreeSet<>(), false), true);
	}

	/** Whether the check itself failed. */
	boolean isFailed() {
		return this.dangers.stream().anyMatch(Danger.Unknown.class::isInstance);
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
