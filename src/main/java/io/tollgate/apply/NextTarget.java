package io.tollgate.apply;

/**
 * What is wanted of a PBX next.
 *
 * @param stage how far it has come
 * @param inWindow whether it waits for the maintenance window of its PBX
 */
record NextTarget(long id, Progress stage, boolean inWindow) {
}
