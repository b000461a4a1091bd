package io.tollgate.leak;

import java.time.Instant;

/** Of which rules a check was, by which version, and when. */
record CheckHead(long pbxId, Rules rules, String basis, String version, Instant checkedAt) {
}
