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

	/**
	 * Makes it lasting, on the PBX's disk, and clears away generations older than the
	 * previous one. Takes some two seconds.
	 * @throws ConnectorException {@code REFUSED} when the PBX has already fallen back or
	 * somebody else has switched; {@code UNREACHABLE} when the line broke before,
	 * {@code IN_DOUBT} when it broke after the confirmation was sent
	 */
	void confirm();

	/**
	 * Switches back to the previous generation.
	 * @throws ConnectorException as {@link #confirm} does
	 */
	void rollback();

}
