package io.tollgate.leak;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Of which rules a check was, by which version, when, and for how long. */
record CheckHead(long pbxId, Rules rules, String basis, String version, Instant checkedAt,
		@Nullable Instant validUntil) {
}
