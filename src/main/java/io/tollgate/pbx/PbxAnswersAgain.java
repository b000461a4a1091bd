package io.tollgate.pbx;

/**
 * A PBX that did not answer does again; published in the transaction that notes it.
 */
public record PbxAnswersAgain(long pbxId, String name) {

}
