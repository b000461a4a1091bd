package io.tollgate.apply;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What pages show of a target: all of it but the snapshot, which can be large. */
record TargetHead(long id, UUID runId, @Nullable Long pbxId, String pbxName, @Nullable Integer fromGeneration,
		@Nullable Integer toGeneration, Progress stage, @Nullable OutcomeKind outcome, @Nullable String cause,
		@Nullable String words, @Nullable String proved, Instant updatedAt) {
}
