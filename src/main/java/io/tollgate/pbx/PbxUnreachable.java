package io.tollgate.pbx;

/**
 * A PBX does not answer any more; published in the transaction that notes it.
 *
 * @param why for people
 */
public record PbxUnreachable(long pbxId, String name, String why) {

}
