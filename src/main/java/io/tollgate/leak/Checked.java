package io.tollgate.leak;

import java.time.Duration;
import java.time.Instant;

import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;

/**
 * What one leak check of a PBX came to.
 *
 * @param pbxId the PBX
 * @param rules which of its rules
 * @param basis what they were made from, empty for one that shall be done again
 * @param checksum of the configuration, empty when it cannot be compiled
 * @param version of the portal that checked
 * @param at when
 * @param took how long it took
 * @param validUntil when it says nothing any more, as an exemption ends, {@code null} for
 * never
 * @param report what was found, {@code null} when it could not be checked
 * @param reason why it could not be checked, empty when it was
 */
record Checked(long pbxId, Rules rules, String basis, String checksum, String version, Instant at, Duration took,
		@Nullable Instant validUntil, @Nullable LeakReport report, String reason) {
}
