package io.tollgate.apply;

import java.util.List;
import java.util.UUID;

/** An apply is stored and shall run. */
record ApplyStarted(UUID runId, List<Long> targetIds) {
}
