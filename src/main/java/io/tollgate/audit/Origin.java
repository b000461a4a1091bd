package io.tollgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, and what they asked for it with. It can be kept for work that goes
 * on after the request.
 *
 * @param address where from; {@code null} outside a request
 * @param requestId of the request; {@code null} outside one
 */
public record Origin(String name, @Nullable String address, @Nullable String requestId) {

}
