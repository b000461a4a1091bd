package io.tollgate.decision;

import java.time.Instant;

/**
 * A call somebody wants to make.
 *
 * @param endpoint the endpoint that answers for it, empty when nobody does
 * @param dialled the number exactly as it reaches the PBX
 * @param at when
 */
public record Call(String endpoint, String dialled, Instant at) {
}
