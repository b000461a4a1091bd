package io.tollgate.leak;

import java.time.Instant;

import io.tollgate.connector.Inspection;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen on a PBX.
 *
 * @param pbxId the PBX
 * @param at when
 * @param generation the generation that it ran, {@code null} for none
 * @param asApplied whether its rules were those that were applied, row by row
 * @param inspection what it had besides
 */
record Seen(long pbxId, Instant at, @Nullable Integer generation, boolean asApplied, Inspection inspection) {

	/** Whether something there stands against a claim of proof. */
	boolean isOpen() {
		return !this.inspection.allowsProof();
	}

}
