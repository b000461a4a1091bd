package io.tollgate.apply;

/** How far the apply on one PBX has come. */
enum Progress {

	QUEUED, CONNECTING, WRITING, VERIFYING, SWITCHING, CONFIRMING,
	/** The PBX does not answer; nothing changed there. Goes on when it is back. */
	WAITING,
	/** The PBX is not to be worked on before its maintenance window opens. */
	WINDOW,
	/**
	 * The line broke at the switch. The PBX decides by its own clock; then it is asked.
	 */
	UNSETTLED;

	/** Whether something may have reached the PBX. */
	boolean isBegun() {
		return this != QUEUED && this != WAITING && this != WINDOW;
	}

}
