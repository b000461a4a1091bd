package io.tollgate.policyfile;

import java.util.List;

/**
 * What a file does, in words.
 *
 * @param policies those that become different
 * @param pending what an apply would then bring to the PBXs of these policies
 */
record Told(List<OfPolicy> policies, List<OnPbxs> pending) {

	Told {
		policies = List.copyOf(policies);
		pending = List.copyOf(pending);
	}

	/**
	 * What happens to one policy.
	 *
	 * @param change {@code created}, {@code changed} or {@code deleted}
	 */
	record OfPolicy(String policy, String change, List<String> edits) {
	}

	/**
	 * PBXs that an apply would bring the same.
	 *
	 * @param problems why they cannot be applied to
	 */
	record OnPbxs(List<String> pbxs, List<String> changes, List<String> problems) {
	}

}
