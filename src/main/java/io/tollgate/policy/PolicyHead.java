package io.tollgate.policy;

import java.util.List;
import java.util.Map;

/**
 * What all pages of a policy show at their top.
 *
 * @param rules the policy
 * @param names all policies, name by id
 * @param pbxs names of the PBXs that it serves, as far as the reader sees them
 * @param home name of the home country
 * @param usualDialingCode the dialing code that the home country usually has
 * @param editable whether the reader may change rules
 * @param exempting whether the reader may exempt extensions of the PBXs that they see
 * @param manageable whether the reader may create, rename and delete policies
 */
record PolicyHead(PolicyRules rules, Map<Long, String> names, List<String> pbxs, String home, String usualDialingCode,
		boolean editable, boolean exempting, boolean manageable) {

	/** More names at the top of a page help nobody. */
	private static final int NAMED = 5;

	/** The first of them. */
	public String pbxNames() {
		return String.join(", ", this.pbxs.subList(0, Math.min(NAMED, this.pbxs.size())));
	}

	/** How many others there are. */
	public int morePbxs() {
		return Math.max(0, this.pbxs.size() - NAMED);
	}

	/**
	 * Whether it serves PBXs that the reader does not see, and is theirs to read only.
	 */
	public boolean shared() {
		return this.exempting && !this.editable;
	}

}
