package io.tollgate.apply;

/**
 * An apply came to nothing on one PBX; published in the transaction that notes it.
 *
 * @param cause for people
 */
public record ApplyFailed(long pbxId, String pbxName, String cause) {

}
