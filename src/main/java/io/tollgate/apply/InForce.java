package io.tollgate.apply;

import java.time.Instant;

/**
 * The generation that a PBX was last proved to run, without what is in it.
 *
 * @param pbxId the PBX
 * @param id identity of the generation in the portal; what is in it never changes
 * @param number its number on the PBX
 * @param checksum of the configuration
 * @param appliedAt when it was confirmed
 */
public record InForce(long pbxId, long id, int number, String checksum, Instant appliedAt) {
}
