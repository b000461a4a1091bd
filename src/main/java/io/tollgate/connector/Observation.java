package io.tollgate.connector;

import java.util.List;

/**
 * What a PBX runs, beside what was applied to it.
 *
 * @param running what it enforces; {@code running.unconfirmed()} when a commit waits for
 * its confirmation
 * @param drifts what differs, in a fixed order; empty: in sync
 * @param lookedAtEndpoints whether the account may read the contexts of endpoints;
 * without, no drift is of kind {@link Drift.Kind#ENDPOINT}
 */
public record Observation(Running running, List<Drift> drifts, boolean lookedAtEndpoints) {

	public Observation {
		drifts = List.copyOf(drifts);
	}

	public boolean inSync() {
		return this.drifts.isEmpty();
	}

	/** The same for the same differences: 64 hex digits; empty when in sync. */
	public String checksum() {
		return Drift.checksum(this.drifts);
	}

}
