package io.tollgate.extension;

import java.util.List;

/**
 * What names a group.
 *
 * @param routes in their order
 * @param exemptions how many exemptions from number restrictions
 */
record GroupUsage(List<GroupUse> routes, int exemptions) {

	GroupUsage {
		routes = List.copyOf(routes);
	}

	public boolean unused() {
		return this.routes.isEmpty() && this.exemptions == 0;
	}

}
