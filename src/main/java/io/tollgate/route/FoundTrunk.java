package io.tollgate.route;

/** A trunk as a search finds it. */
public record FoundTrunk(long pbxId, String name) {
}
