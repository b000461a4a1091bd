package io.tollgate.apply;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** How many targets of a run stand like that. */
record TargetCount(UUID runId, int wave, Progress stage, @Nullable OutcomeKind outcome, long count) {

	boolean isFailed() {
		return this.outcome == OutcomeKind.REFUSED || this.outcome == OutcomeKind.ROLLED_BACK;
	}

	boolean isGood() {
		return this.outcome == OutcomeKind.APPLIED || this.outcome == OutcomeKind.NO_CHANGE;
	}

	/** Whether it waits for a PBX that does not answer. */
	boolean isWaiting() {
		return this.outcome == null && this.stage == Progress.WAITING;
	}

	boolean isOpen() {
		return this.outcome == null;
	}

}
