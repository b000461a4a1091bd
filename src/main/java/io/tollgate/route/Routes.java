package io.tollgate.route;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The trunks of each PBX and its outbound route. */
@Service
@Transactional
public class Routes {

	private final TrunkRows trunks;

	private final RouteRows routes;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	Routes(TrunkRows trunks, RouteRows routes, PbxRegistry registry, AuditTrail audit) {
		this.trunks = trunks;
		this.routes = routes;
		this.registry = registry;
		this.audit = audit;
	}

	/** The outbound route of a PBX; without trunk and patterns while there is none. */
	@Transactional(readOnly = true)
	public OutboundRoute route(long pbxId) {
		return this.routes.findByPbxId(pbxId).map(RouteRow::toRoute).orElse(new OutboundRoute(null, List.of()));
	}

	/** The trunks that the PBX had when it was last read. */
	@Transactional(readOnly = true)
	public SortedSet<String> trunks(long pbxId) {
		return this.trunks.findByPbxId(pbxId)
			.stream()
			.filter(TrunkRow::isPresent)
			.map(TrunkRow::getEndpoint)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * What would stand against that route, and what people should know about it. Patterns
	 * may be as typed.
	 */
	@Transactional(readOnly = true)
	public List<RouteProblem> problems(long pbxId, OutboundRoute route) {
		return RouteCheck.problems(clean(route), trunks(pbxId));
	}

	/** Saves the route of a PBX. A route that is the same as before changes nothing. */
	public SaveResult save(long pbxId, OutboundRoute route) {
		var clean = clean(route);
		var refusals = RouteCheck.problems(clean, trunks(pbxId)).stream().filter(RouteProblem::refusal).toList();
		if (!refusals.isEmpty()) {
			return new SaveResult.Refused(refusals);
		}
		return new SaveResult.Saved(put(pbxId, clean, "route.changed"));
	}

	/** Takes a route back that was in force before, even if its trunk is gone by now. */
	public void restore(long pbxId, OutboundRoute route) {
		put(pbxId, clean(route), "route.restored");
	}

	private boolean put(long pbxId, OutboundRoute route, String action) {
		var before = route(pbxId);
		if (before.equals(route)) {
			return false;
		}
		var row = this.routes.findByPbxId(pbxId).orElseGet(() -> new RouteRow(pbxId));
		row.become(route);
		this.routes.saveAndFlush(row);
		this.registry.touch(pbxId);
		this.audit.record(action, object(pbxId), words(before), words(route));
		return true;
	}

	/** Takes in the trunks that a PBX has now. */
	public TrunkSync discovered(long pbxId, Set<String> endpoints) {
		var known = this.trunks.findByPbxId(pbxId)
			.stream()
			.collect(Collectors.toMap(TrunkRow::getEndpoint, (row) -> row, (a, b) -> a, TreeMap::new));
		var sync = new TrunkSync(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
		for (String endpoint : endpoints) {
			var row = known.remove(endpoint);
			if (!RouteCheck.usable(endpoint)) {
				sync.unusable().add(endpoint);
			}
			else if (row == null) {
				this.trunks.save(new TrunkRow(pbxId, endpoint));
				sync.added().add(endpoint);
			}
			else if (!row.isPresent()) {
				row.setPresent(true);
				sync.added().add(endpoint);
			}
		}
		known.values().stream().filter(TrunkRow::isPresent).forEach((row) -> {
			row.setPresent(false);
			sync.vanished().add(row.getEndpoint());
		});
		note(pbxId, sync);
		return sync;
	}

	private void note(long pbxId, TrunkSync sync) {
		if (sync.added().isEmpty() && sync.vanished().isEmpty()) {
			return;
		}
		this.trunks.flush();
		this.registry.touch(pbxId);
		this.audit.record("trunk.discovered", object(pbxId),
				sync.vanished().isEmpty() ? null : String.join(", ", sync.vanished()),
				sync.added().isEmpty() ? null : String.join(", ", sync.added()));
	}

	private AuditObject object(long pbxId) {
		return AuditObject.of("route", pbxId, this.registry.find(pbxId).map(Pbx::name).orElse(null));
	}

	private static OutboundRoute clean(OutboundRoute route) {
		return new OutboundRoute(route.trunk(), route.patterns().stream().map(RouteCheck::clean).toList());
	}

	private static String words(OutboundRoute route) {
		return ((route.trunk() != null) ? "trunk " + route.trunk() : "no trunk") + ", "
				+ (route.patterns().isEmpty() ? "no patterns" : String.join(" ", route.patterns()));
	}

}
