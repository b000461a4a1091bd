package io.tollgate.apply;

/** How the apply on one PBX ended, as stored. */
enum OutcomeKind {

	APPLIED, NO_CHANGE, REFUSED, ROLLED_BACK,
	/** Somebody applied something newer before this one had begun. */
	SUPERSEDED,
	/** Never begun, for its roll-out was stopped. */
	CANCELLED

}
