package io.tollgate.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.extension.ExtensionGroup;
import io.tollgate.extension.GroupUse;
import io.tollgate.extension.GroupUses;
import org.springframework.stereotype.Component;

/** Tells the groups of extensions which routes name them. */
@Component
class RoutesOfGroups implements GroupUses {

	private final Routes routes;

	RoutesOfGroups(Routes routes) {
		this.routes = routes;
	}

	@Override
	public Map<Long, SortedMap<String, List<GroupUse>>> routes(Collection<Long> pbxIds) {
		var routes = new HashMap<Long, SortedMap<String, List<GroupUse>>>();
		this.routes.list(pbxIds).forEach((pbxId, stored) -> routes.put(pbxId, uses(pbxId, stored)));
		return routes;
	}

	private static SortedMap<String, List<GroupUse>> uses(long pbxId, List<StoredRoute> routes) {
		var uses = new TreeMap<String, List<GroupUse>>();
		for (var stored : routes) {
			var use = new GroupUse(stored.route().name(),
					RouteListController.PATH + "/" + stored.id() + "?pbx=" + pbxId);
			stored.route()
				.users()
				.stream()
				.filter((user) -> user.startsWith(ExtensionGroup.PREFIX))
				.map((user) -> user.substring(ExtensionGroup.PREFIX.length()))
				.forEach((key) -> uses.computeIfAbsent(key, (some) -> new ArrayList<>()).add(use));
		}
		return uses;
	}

}
