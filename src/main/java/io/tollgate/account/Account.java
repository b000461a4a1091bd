package io.tollgate.account;

import java.time.Instant;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param username what they sign in with, and how the audit log names them
 * @param displayName the name people know them by
 * @param role what they may do
 * @param groups the PBX groups that they are limited to, empty for all PBXs
 * @param enabled whether they may sign in at present
 * @param invited whether they still have to make a password
 * @param lastSeenAt when they last did something, {@code null} for never
 */
public record Account(long id, String username, String displayName, Role role, SortedSet<String> groups,
		boolean enabled, boolean invited, Instant createdAt, @Nullable Instant lastSeenAt) {

	/** One or two letters for the avatar. */
	public String initials() {
		return Initials.of(this.displayName);
	}

}
