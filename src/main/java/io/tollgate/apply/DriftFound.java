package io.tollgate.apply;

/**
 * A PBX that ran what was applied to it does not any more; published in the transaction
 * that notes it.
 *
 * @param differences how many
 */
public record DriftFound(long pbxId, int differences) {

}
