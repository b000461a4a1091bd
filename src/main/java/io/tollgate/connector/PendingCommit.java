package io.tollgate.connector;

import java.util.List;

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
	 * Asks the PBX what becomes of numbers now. Nobody is called and no call record is
	 * written: the numbers run through the guard on the PBX, whose last step then notes
	 * the verdict in place of dialling. Emergency numbers are looked up, never run. Of a
	 * route with a condition (users, hours, caller) it is not told whether it holds.
	 * Takes some milliseconds a number, two seconds at most.
	 * @param probes at most ten
	 * @throws ConnectorException {@code REFUSED} when the PBX has already fallen back or
	 * somebody else has switched; {@code UNREACHABLE} when the line broke
	 */
	ProbeReport probe(List<Probe> probes);

	/**
	 * Proves that the PBX can still be reached under what runs now: signs in anew, and
	 * goes on there, as does the session. The line before stays in use when that fails,
	 * so that {@link #rollback} can be tried.
	 * @throws ConnectorException {@code UNREACHABLE} when there is no second line
	 */
	void reconnect();

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
