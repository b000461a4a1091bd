package io.tollgate.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A passkey of an account.
 *
 * @param id as the authenticator names it
 * @param label what its owner calls it
 * @param lastUsedAt {@code null} before it was used to sign in
 */
public record Passkey(String id, String label, Instant createdAt, @Nullable Instant lastUsedAt) {

}
