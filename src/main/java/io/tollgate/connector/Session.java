package io.tollgate.connector;

/**
 * A signed-in line to one PBX. Not for two threads at once. Every wait has a deadline.
 */
public interface Session extends AutoCloseable {

	/** What the PBX is and which endpoints it has. */
	Inventory inventory();

	/** What the PBX enforces now, read from the PBX. */
	Running running();

	/**
	 * Compares what the PBX runs with what was applied to it last. Reads only, in a few
	 * rounds, and refuses nothing because of the state of the PBX: not a commit that
	 * waits for its confirmation, not a guard that is missing.
	 */
	Observation observe(DesiredConfig applied);

	/**
	 * What the PBX has besides, by which calls can pass what it enforces. Reads only;
	 * what the account may not read is an entry.
	 */
	Inspection inspect();

	/**
	 * Prepares to bring the PBX to that configuration: compares it with what runs.
	 * Changes nothing yet.
	 * @throws ConnectorException of kind {@code REFUSED} when the PBX could not take it:
	 * no guard, missing right, another commit that is not yet confirmed
	 */
	Candidate load(DesiredConfig desired);

	@Override
	void close();

}
