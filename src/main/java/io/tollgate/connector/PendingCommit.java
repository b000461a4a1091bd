package io.tollgate.connector;

/** A generation that runs on the PBX but is not yet confirmed. */
public interface PendingCommit {

	/** The number of the generation that was switched to. */
	int generation();

	/**
	 * Reads everything back again and compares.
	 * @return what differs from what was asked for; empty when the PBX has exactly that
	 */
	ConfigDiff verify();

	/** Makes it lasting and clears away generations older than the previous one. */
	void confirm();

	/** Switches back to the previous generation. */
	void rollback();

}
