package io.tollgate.account;

import java.time.Instant;

/**
 * Somebody who may sign in.
 *
 * @param username what they sign in with, and how the audit log names them
 * @param displayName the name people know them by
 * @param role what they may do
 * @param enabled whether they may sign in at present
 */
public record Account(long id, String username, String displayName, Role role, boolean enabled, Instant createdAt) {

}
