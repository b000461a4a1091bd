package io.tollgate.policy;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An extension may dial what is restricted.
 *
 * @param endpoint the number of the extension, or {@code group:} and the key of a group
 * @param entry one of the restricted entries
 * @param until when that ends, exclusive; {@code null} for never
 */
public record Exemption(String endpoint, String entry, @Nullable Instant until) {
}
