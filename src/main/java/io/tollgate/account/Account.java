package io.tollgate.account;

import java.time.Instant;
import java.util.SortedSet;

/**
 * Somebody who may sign in.
 *
 * @param username what they sign in with, and how the audit log names them
 * @param displayName the name people know them by
 * @param role what they may do
 * @param groups the PBX groups that they are limited to, empty for all PBXs
 * @param enabled whether they may sign in at present
 */
public record Account(long id, String username, String displayName, Role role, SortedSet<String> groups,
		boolean enabled, Instant createdAt) {

}
