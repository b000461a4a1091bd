package io.tollgate.policyfile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody may dial what is restricted.
 *
 * @param pbx its name
 * @param group whether it is for a group of extensions
 * @param who the number of the extension, or the name of the group
 * @param target a restricted entry, or the name of a preset
 * @param until when it ends, whole seconds; {@code null} for never
 */
record WrittenExemption(String pbx, boolean group, String who, String target, @Nullable Instant until) {
}
