package io.tollgate.leak;

/**
 * Ways for forbidden numbers to leave that were not known before, in the rules that a PBX
 * runs; published in the transaction that notes them.
 *
 * @param leaks how many
 */
public record LeaksFound(long pbxId, int leaks) {

}
