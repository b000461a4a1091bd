package io.tollgate.web;

/**
 * What differs between the portal and what the PBXs run, in short.
 *
 * @param count the number of unapplied changes
 * @param words what they are, one short line; empty where there are none
 * @param pbxCount how many PBXs still run older rules
 */
public record PendingSummary(int count, String words, int pbxCount) {

}
