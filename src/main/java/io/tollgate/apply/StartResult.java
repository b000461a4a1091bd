package io.tollgate.apply;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What became of a press of Apply. */
public sealed interface StartResult {

	/** It runs. */
	record Started(UUID runId) implements StartResult {
	}

	/** An apply is at work on these PBXs. Nothing was started. */
	record Busy(List<String> pbxNames) implements StartResult {
	}

	/** Somebody changed something after the review was shown. Nothing was started. */
	record ChangedMeanwhile(List<String> pbxNames) implements StartResult {
	}

	/** There is nothing to apply. */
	record NothingToDo() implements StartResult {
	}

	/**
	 * It would open a leak or hide an emergency number on these PBXs, and nobody who may
	 * has said that this is meant. Nothing was started.
	 *
	 * @param administrator whether the one who asked is an administrator
	 */
	record Unconfirmed(List<String> pbxNames, boolean administrator) implements StartResult {
	}

	/**
	 * What it would mean for these PBXs is still being looked at. Nothing was started.
	 */
	record BeingChecked(List<String> pbxNames) implements StartResult {
	}

	/**
	 * It lets somebody dial more, so a second person has to agree. What does not has
	 * begun.
	 *
	 * @param requestId what waits
	 * @param runId the run of the others, {@code null} without
	 */
	record Asked(long requestId, @Nullable UUID runId, List<String> pbxNames) implements StartResult {
	}

	/** A second person has to agree, and nobody has said why. Nothing was started. */
	record ReasonNeeded(List<String> pbxNames) implements StartResult {
	}

}
