package io.tollgate.pbx;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One PBX of the fleet, without its secret.
 *
 * @param id identity in the portal
 * @param name as people know it, 1-63 characters
 * @param simulated whether it is one of the portal's own simulated PBXs
 * @param host name or address, lower case
 * @param port TCP port of its manager interface, 1-65535
 * @param tls whether the line is TLS
 * @param fingerprint SHA-256 of its certificate, 64 hex digits, {@code null} without TLS
 * or before the first contact
 * @param amiUser manager account
 * @param policyId the dialing policy it obeys
 * @param software what it last said it is, {@code null} before the first contact; comes
 * from the PBX and is hostile
 * @param reachable how the last contact went, {@code null} before the first one
 * @param lastContactAt when it last answered
 * @param lastError why it did not answer, for people; {@code null} when it did
 * @param guard what was last seen of the guard
 * @param revision rises with every change to what would be compiled for it
 */
public record Pbx(long id, String name, boolean simulated, String host, int port, boolean tls,
		@Nullable String fingerprint, String amiUser, long policyId, @Nullable String software,
		@Nullable Boolean reachable, @Nullable Instant lastContactAt, @Nullable String lastError, GuardStatus guard,
		long revision) {

	/** How it is reached. */
	public PbxConnection connection() {
		return new PbxConnection(this.name, this.host, this.port, this.tls, this.fingerprint, this.amiUser);
	}

}
