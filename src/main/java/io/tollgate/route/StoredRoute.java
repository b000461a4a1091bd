package io.tollgate.route;

/**
 * A route of a PBX as it is kept.
 *
 * @param id for links; another one after the route was taken back from an older state
 * @param route what it does
 */
public record StoredRoute(long id, OutboundRoute route) {
}
