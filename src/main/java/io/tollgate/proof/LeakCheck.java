package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.tollgate.decision.Snapshot;
import io.tollgate.proof.LeakReport.Result;

/** Looks for forbidden numbers that leave by a live trunk. */
public final class LeakCheck {

	/** A question of this size takes a gigabyte. */
	private static final long MOST = 16_000_000;

	private static final long FEW = 500_000;

	private static final long EACH = 60;

	private static final Duration LONGEST = Duration.ofSeconds(60);

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
		return check(snapshot, now, true);
	}

	/**
	 * Checks what the routes would do by themselves, on a PBX without guard: nothing but
	 * their patterns decides, a dialled dash is not seen by the patterns and counts where
	 * digits are taken off.
	 */
	public static LeakReport ofRoutesAlone(Snapshot snapshot, Instant now) {
		return check(snapshot, now, false);
	}

	private static LeakReport check(Snapshot snapshot, Instant now, boolean guarded) {
		Prover prover;
		try {
			prover = new Prover(snapshot, now, guarded, new Budget(mostStates(snapshot), LONGEST));
		}
		catch (Budget.Exceeded ex) {
			return new LeakReport(Result.NOT_PROVED, List.of(), List.of(), List.of(ex.gap()),
					new LeakReport.Scope(snapshot.extensions().size(), 0, 0, 0, 0, 0, 0));
		}
		var leaks = prover.leaks();
		boolean all = prover.gaps().isEmpty();
		var findings = prover.findings();
		var result = !leaks.isEmpty() ? Result.LEAKS : all ? Result.PROVED : Result.NOT_PROVED;
		return new LeakReport(result, leaks, findings, prover.gaps(), prover.scope());
	}

	/** Enough for all that people write; patterns made to overlap need more. */
	private static long mostStates(Snapshot snapshot) {
		long characters = snapshot.routes()
			.stream()
			.flatMap((route) -> route.rules().stream())
			.mapToLong((rule) -> rule.dialled().length())
			.sum();
		long entries = snapshot.restrictions().entries().stream().mapToLong(String::length).sum();
		return Math.min(MOST, FEW + EACH * (characters + entries));
	}

}
