package io.tollgate.proof;

import java.time.Instant;
import java.util.List;

import io.tollgate.decision.Snapshot;

/** Looks for forbidden numbers that leave by a live trunk. */
public final class LeakCheck {

	private LeakCheck() {
	}

	/**
	 * Checks what a PBX does with the guard in force: all callers, all times of the week.
	 * Forbidden is what the carrier reads as a country that is not allowed, as a
	 * restricted number or as one that a route blocks, in whatever spelling it is
	 * dialled.
	 * @param now exemptions count as they are at that moment
	 */
	public static LeakReport of(Snapshot snapshot, Instant now) {
		return notYet(snapshot);
	}

	/**
	 * Checks what the routes would do by themselves, on a PBX without guard: nothing but
	 * their patterns decides, a dialled dash is not seen by the patterns and counts where
	 * digits are taken off.
	 */
	public static LeakReport ofRoutesAlone(Snapshot snapshot, Instant now) {
		return notYet(snapshot);
	}

	private static LeakReport notYet(Snapshot snapshot) {
		return new LeakReport(LeakReport.Result.NOT_PROVED, List.of(), List.of(), List.of(LeakReport.Gap.TIME),
				new LeakReport.Scope(snapshot.extensions().size(), 0, 0, 0, 0, 0, 0));
	}

}
