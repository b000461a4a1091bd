package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinListUse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the PIN lists which routes ask for them. */
@Component
@Transactional(readOnly = true)
class RoutesThatAsk implements PinListUse {

	private final RouteRows rows;

	private final PbxRegistry registry;

	RoutesThatAsk(RouteRows rows, PbxRegistry registry) {
		this.rows = rows;
		this.registry = registry;
	}

	@Override
	public SortedMap<String, List<Use>> uses() {
		var rows = this.rows.asking();
		var uses = new TreeMap<String, List<Use>>();
		this.registry.everyName()
			.forEach((id, name) -> rows.stream()
				.filter((row) -> row.getPbxId() == id)
				.forEach((row) -> uses.computeIfAbsent(row.getPins(), (_) -> new ArrayList<>())
					.add(new Use(id, name, row.getId(), row.getName()))));
		return uses;
	}

}
