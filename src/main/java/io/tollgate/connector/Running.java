package io.tollgate.connector;

import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * What a PBX enforces, read from it.
 *
 * @param generation the active generation, {@code null} when no policy is loaded
 * @param unconfirmed whether that generation still waits for its confirmation
 * @param lines the policy data of the active generation and its route, key to value
 * @param guard the state of the guard
 */
public record Running(@Nullable Integer generation, boolean unconfirmed, SortedMap<String, String> lines,
		GuardState guard) {

	/** The guard as found on the PBX. */
	public enum GuardState {

		/** There, and exactly ours. */
		CURRENT,
		/** There, but not the text that this version ships. */
		CHANGED,
		/** Not there: nothing is enforced. */
		MISSING

	}

}
