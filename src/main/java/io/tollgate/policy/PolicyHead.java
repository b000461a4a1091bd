package io.tollgate.policy;

import java.util.List;
import java.util.Map;

/**
 * What all pages of a policy show at their top.
 *
 * @param rules the policy
 * @param names all policies, name by id
 * @param pbxs names of the PBXs that it serves
 * @param home name of the home country
 * @param usualDialingCode the dialing code that the home country usually has
 * @param editable whether the reader may change rules
 * @param manageable whether the reader may create, rename and delete policies
 */
record PolicyHead(PolicyRules rules, Map<Long, String> names, List<String> pbxs, String home, String usualDialingCode,
		boolean editable, boolean manageable) {

	public String pbxNames() {
		return String.join(", ", this.pbxs);
	}

}
