package io.tollgate.apply;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A generation without what is in it, and how it came.
 *
 * @param id identity in the portal
 * @param number its number on the PBX
 * @param stopped whether it is enforced without any way abroad
 * @param checksum of its rules
 * @param appliedAt when it was confirmed
 * @param appliedBy who answers for it
 * @param runId the run that brought it, {@code null} when nobody knows
 * @param kind why
 * @param reason what was said about it
 */
record GenerationHead(long id, int number, boolean stopped, String checksum, Instant appliedAt, String appliedBy,
		@Nullable UUID runId, @Nullable RunKind kind, @Nullable String reason) {

	GenerationHead withoutReason() {
		return new GenerationHead(this.id, this.number, this.stopped, this.checksum, this.appliedAt, this.appliedBy,
				this.runId, this.kind, null);
	}

}
