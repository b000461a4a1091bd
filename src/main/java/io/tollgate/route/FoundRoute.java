package io.tollgate.route;

/** A route as a search finds it. */
public record FoundRoute(long pbxId, long id, String name) {
}
