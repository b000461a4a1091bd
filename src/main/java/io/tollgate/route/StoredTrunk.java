package io.tollgate.route;

/**
 * A trunk as it is known in the portal.
 *
 * @param name that of its PJSIP endpoint, if it is one
 * @param present whether routes can use it: added by hand, or on the PBX when that was
 * last read
 * @param byHand whether a person added it
 */
public record StoredTrunk(String name, boolean present, boolean byHand, Trunk trunk) {
}
