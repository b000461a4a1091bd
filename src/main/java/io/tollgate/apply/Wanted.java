package io.tollgate.apply;

import io.tollgate.decision.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one PBX shall run.
 *
 * @param pbxId the PBX
 * @param pbxName its name
 * @param from the generation it ran when that was decided, {@code null} for none
 * @param words what becomes different, a line each
 * @param checksum of what the rules compile to
 * @param driftSeen checksum of the drift that is knowingly overwritten, empty for none
 * @param snapshot the rules, {@code null} for those that it runs when that begins
 */
record Wanted(long pbxId, String pbxName, @Nullable Integer from, String words, String checksum, String driftSeen,
		@Nullable Snapshot snapshot) {

	/** Seen: whatever it is, it is overwritten. */
	static final String ANY_DRIFT = "any";

	/** The rules that it runs when that begins. */
	static Wanted asItRuns(long pbxId, String pbxName, @Nullable Integer from, String words, String driftSeen) {
		return new Wanted(pbxId, pbxName, from, words, "", driftSeen, null);
	}

}
