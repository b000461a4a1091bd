package io.tollgate.apply;

/** Why PBXs are brought to something. */
enum RunKind {

	/** Somebody pressed Apply. */
	APPLY,
	/** A PBX ran something else than what was applied to it, and is brought back. */
	REPAIR,
	/** Somebody restored an older generation. */
	ROLLBACK,
	/** All ways abroad are withdrawn. */
	STOP,
	/** The rules from before a stop are enforced again. */
	LIFT;

	/**
	 * Whether it is about whatever a PBX runs when it begins, takes the place of all that
	 * has not begun and waits for no review.
	 */
	boolean isOfStop() {
		return this == STOP || this == LIFT;
	}

}
