package io.tollgate.policy;

import java.util.Optional;
import java.util.Set;

/**
 * Knows what the PBXs of a policy were last brought to. Answered by the module that
 * applies; without it the pages mark nothing as unapplied.
 */
public interface AppliedCodes {

	/**
	 * The calling codes, digits, that were allowed when the policy was last applied.
	 * @return empty while it was applied nowhere, or not the same to all its PBXs
	 */
	Optional<Set<String>> appliedCodes(long policyId);

}
