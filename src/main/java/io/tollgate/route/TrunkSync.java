package io.tollgate.route;

import java.util.SortedSet;

/**
 * What reading the trunks of a PBX changed.
 *
 * @param added new since last time
 * @param vanished gone since last time
 * @param unusable there, but with a name that cannot be written into a dialplan
 */
public record TrunkSync(SortedSet<String> added, SortedSet<String> vanished, SortedSet<String> unusable) {
}
