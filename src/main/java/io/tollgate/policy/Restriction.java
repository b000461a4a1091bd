package io.tollgate.policy;

import io.tollgate.numbering.RestrictionPreset;
import org.jspecify.annotations.Nullable;

/**
 * One restricted entry of a policy.
 *
 * @param entry as in {@link NumberRestrictions}
 * @param preset the preset that it came with, {@code null} for an own one
 * @param label what somebody noted about an own one, or empty
 */
public record Restriction(String entry, @Nullable RestrictionPreset preset, String label) {
}
