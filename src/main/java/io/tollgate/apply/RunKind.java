package io.tollgate.apply;

/** Why PBXs are brought to something. */
enum RunKind {

	/** Somebody pressed Apply. */
	APPLY,
	/** A PBX ran something else than what was applied to it, and is brought back. */
	REPAIR

}
