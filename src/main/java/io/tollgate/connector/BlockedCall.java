package io.tollgate.connector;

/**
 * A call that a PBX did not let out, as the PBX tells it: hostile like all that comes
 * from there.
 *
 * @param endpoint who called
 * @param number as it was dialled, or as a route would have sent it
 * @param why {@code country} or another code of the guard
 */
public record BlockedCall(String endpoint, String number, String why) {
}
