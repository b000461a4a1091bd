package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.tollgate.connector.DesiredConfig;
import org.jspecify.annotations.Nullable;

/** A portal as the tests of its faults use it, in this process or in another one. */
interface Desk {

	/** The secret of every PBX. */
	String SECRET = "a secret";

	/**
	 * Connects the PBXs behind those ports of 127.0.0.1, with some policies between them.
	 * @return what the portal calls them, in that order
	 */
	List<Long> connect(List<Integer> ports);

	/** Somebody changes some policies and some routes. */
	void edit(long seed);

	/** What the next apply would bring to a PBX. */
	Draft draft(long pbxId);

	/**
	 * Wants that of a PBX that has nothing to do.
	 * @param driftSeen checksum of the drift that is knowingly overwritten
	 * @return the apply's target; 0 when the portal did not take it
	 */
	long start(Draft draft, String driftSeen);

	/** All that has ended. */
	List<Ended> ended();

	/** What the portal says of the PBXs that nothing is wanted of. */
	List<Claim> claims();

	/** The state of each PBX as the pages show it. */
	Map<Long, String> states();

	/** What is not done, in words. */
	List<String> open();

	/** All that was ever started. */
	List<Long> targets();

	/** What one PBX shall enforce. */
	record Draft(long pbxId, String checksum, DesiredConfig config) {
	}

	/** How one apply on one PBX ended. */
	record Ended(long targetId, long pbxId, String checksum, String outcome) {
	}

	/**
	 * What the portal last saw of a PBX.
	 *
	 * @param seenAt when
	 * @param drift checksum of what was not as it was applied, empty for nothing
	 * @param checksum of what was applied last
	 */
	record Claim(long pbxId, @Nullable Instant seenAt, String drift, String checksum) {
	}

}
