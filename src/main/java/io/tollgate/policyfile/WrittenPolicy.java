package io.tollgate.policyfile;

import java.util.List;
import java.util.SortedSet;

import io.tollgate.numbering.RestrictionPreset;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a file says it. What a file does not say is {@code null} and stays as it
 * is; what the portal writes says all of it.
 *
 * @param name by it the policy is found, in upper or lower case
 * @param homeCountry ISO 3166 alpha-2
 * @param prefixes what makes a number international, without the dialing code, which
 * always does
 * @param allowedCodes calling codes, digits
 * @param repairsByItself whether what a hand changed on a PBX is brought back at once
 * @param presets those that are on
 * @param numbers own restrictions
 * @param exemptions on the PBXs of the policy
 */
record WrittenPolicy(String name, @Nullable String homeCountry, @Nullable Boolean protection,
		@Nullable String dialingCode, @Nullable SortedSet<String> prefixes, @Nullable SortedSet<String> allowedCodes,
		@Nullable SortedSet<String> emergencyNumbers, @Nullable Boolean repairsByItself,
		@Nullable SortedSet<RestrictionPreset> presets, @Nullable List<WrittenNumber> numbers,
		@Nullable List<WrittenExemption> exemptions) {

}
