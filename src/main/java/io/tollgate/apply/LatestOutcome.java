package io.tollgate.apply;

import org.jspecify.annotations.Nullable;

/**
 * How the latest apply on a PBX stands.
 *
 * @param pbxId the PBX
 * @param outcome how it ended, {@code null} while it has not
 * @param stage how far it has come
 */
record LatestOutcome(Long pbxId, @Nullable OutcomeKind outcome, Progress stage) {
}
