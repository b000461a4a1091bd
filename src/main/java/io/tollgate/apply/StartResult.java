package io.tollgate.apply;

import java.util.List;
import java.util.UUID;

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

}
