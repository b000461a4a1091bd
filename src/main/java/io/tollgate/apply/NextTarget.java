package io.tollgate.apply;

/** What is wanted of a PBX next, and how far it has come. */
record NextTarget(long id, Progress stage) {
}
