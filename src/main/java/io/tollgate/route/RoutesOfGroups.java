package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
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
	public SortedMap<String, List<GroupUse>> routes(long pbxId) {
		var uses = new TreeMap<String, List<GroupUse>>();
		for (var stored : this.routes.list(pbxId)) {
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
