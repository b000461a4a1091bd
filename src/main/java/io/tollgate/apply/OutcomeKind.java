package io.tollgate.apply;

/** How the apply on one PBX ended, as stored. */
enum OutcomeKind {

	APPLIED, NO_CHANGE, REFUSED, ROLLED_BACK, UNREACHABLE, IN_DOUBT

}
