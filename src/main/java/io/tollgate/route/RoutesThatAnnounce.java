package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tollgate.announcement.AnnouncementUse;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.stereotype.Component;

/** Tells the announcements which routes play them. */
@Component
class RoutesThatAnnounce implements AnnouncementUse {

	private final RouteRows rows;

	private final PbxRegistry registry;

	RoutesThatAnnounce(RouteRows rows, PbxRegistry registry) {
		this.rows = rows;
		this.registry = registry;
	}

	@Override
	public Map<String, List<Use>> uses() {
		var rows = this.rows.findByBlockAnnouncementNotOrderByPosition("");
		var uses = new TreeMap<String, List<Use>>();
		this.registry.everyName()
			.forEach((id, name) -> rows.stream()
				.filter((row) -> row.getPbxId() == id)
				.forEach((row) -> uses.computeIfAbsent(row.getBlockAnnouncement(), (_) -> new ArrayList<>())
					.add(new Use(id, name, row.getId(), row.getName()))));
		return uses;
	}

}
