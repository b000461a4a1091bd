package io.tollgate.connector;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A configuration that is known to differ from what the PBX runs, or not. */
public interface Candidate {

	/** What would change, line by line. Empty: nothing to do. */
	ConfigDiff diff();

	/**
	 * How what runs differs from what was applied last, as {@link Session#observe} tells
	 * it but for endpoints. Of what was read for the comparison: asks nothing.
	 */
	List<Drift> drifts(DesiredConfig applied);

	/** Whether a commit leaves that as it was found, because it is what is desired. */
	boolean keeps(Drift drift);

	/**
	 * Writes a new generation beside the old one, reads it back, compares, and only then
	 * switches. Unless confirmed within {@code revertIn} the PBX falls back to the old
	 * generation by itself.
	 * @param progress told each {@link Stage} as it begins
	 * @throws ConnectorException {@code IN_DOUBT} when the line broke after the switch
	 * was sent; any other kind means that the old generation still runs
	 */
	PendingCommit commit(Duration revertIn, Consumer<Stage> progress);

	/** The steps of a commit. */
	enum Stage {

		WRITING, VERIFYING, SWITCHING

	}

}
