package io.tollgate.apply;

import org.jspecify.annotations.Nullable;

/**
 * The end of a PBX's latest apply.
 *
 * @param pbxId the PBX
 * @param outcome how it ended, {@code null} while it runs
 */
record LatestOutcome(Long pbxId, @Nullable OutcomeKind outcome) {
}
