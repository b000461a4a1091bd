package io.tollgate.apply;

import java.util.Collection;
import java.util.UUID;

/** An apply is stored, complete, and these PBXs may begin. */
record ApplyStarted(UUID runId, Collection<Long> pbxIds) {
}
