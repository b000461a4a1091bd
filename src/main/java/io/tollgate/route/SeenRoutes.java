package io.tollgate.route;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.RouteRows.RevisionOf;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Routes as scripts read and change them: with the revision that they saw. */
@Component
class SeenRoutes {

	/** Of FNV-1a, by whole numbers. */
	private static final long PRIME = 0x100000001b3L;

	private final Routes routes;

	private final RouteRows rows;

	private final PbxRegistry registry;

	SeenRoutes(Routes routes, RouteRows rows, PbxRegistry registry) {
		this.routes = routes;
		this.rows = rows;
		this.registry = registry;
	}

	/**
	 * The PBX.
	 * @throws NotThereException without such a PBX, or when it is not seen
	 */
	Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(NotThereException::new);
	}

	/**
	 * A route and its revision.
	 * @throws NotThereException without such a route
	 */
	@Transactional(readOnly = true)
	public Seen find(long pbx, long id) {
		return seen(row(pbx, id));
	}

	private RouteRow row(long pbx, long id) {
		return this.rows.findById(id)
			.filter((row) -> row.getPbxId() == pbx(pbx).id())
			.orElseThrow(NotThereException::new);
	}

	private static Seen seen(RouteRow row) {
		return new Seen(row.toStored(), row.getRevision());
	}

	/** The routes of these PBXs, in the order in which each asks them, by PBX. */
	@Transactional(readOnly = true)
	public Map<Long, List<Seen>> list(Collection<Long> pbxs) {
		var revisions = this.rows.revisions(pbxs)
			.stream()
			.collect(Collectors.toMap(RevisionOf::route, RevisionOf::revision));
		return this.routes.list(pbxs)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(each) -> each.getValue()
						.stream()
						.map((stored) -> new Seen(stored, revisions.getOrDefault(stored.id(), 0L)))
						.toList()));
	}

	/** The routes of a PBX, in the order in which it asks them. */
	@Transactional(readOnly = true)
	public List<Seen> list(long pbx) {
		return list(List.of(pbx(pbx).id())).getOrDefault(pbx, List.of());
	}

	/** Another number for another order, other routes and other revisions of them. */
	static long revision(List<Seen> routes) {
		long revision = 0;
		for (var route : routes) {
			revision = ((revision ^ route.stored().id()) * PRIME ^ route.revision()) * PRIME;
		}
		return revision & Long.MAX_VALUE;
	}

	/**
	 * Saves it while nobody else can, by the rules of the page.
	 * @param password digits that become its password, empty to keep what it has
	 */
	@Transactional
	public SaveResult save(long pbx, long id, IfMatch seen, Function<OutboundRoute, OutboundRoute> change,
			String password) {
		var row = locked(pbx, id, seen);
		return this.routes.save(pbx, id, change.apply(row.toRoute()), password);
	}

	/** Takes it away while nobody else changes it. */
	@Transactional
	public void delete(long pbx, long id, IfMatch seen) {
		locked(pbx, id, seen);
		this.routes.delete(pbx, id);
	}

	private RouteRow locked(long pbx, long id, IfMatch seen) {
		pbx(pbx);
		this.registry.hold(pbx);
		var row = row(pbx, id);
		seen.require(row.getRevision());
		return row;
	}

	/**
	 * Puts all routes of a PBX into that order, emergency routes first.
	 * @return whether these are all of them; else nothing happened
	 */
	@Transactional
	public boolean order(long pbx, IfMatch seen, List<Long> ids) {
		pbx(pbx);
		this.registry.hold(pbx);
		var before = list(pbx);
		seen.require(revision(before));
		var all = before.stream().map((route) -> route.stored().id()).toList();
		if (ids.size() != all.size() || !new HashSet<>(ids).equals(new HashSet<>(all))) {
			return false;
		}
		this.routes.order(pbx, ids);
		return true;
	}

	/** A route at a revision. */
	record Seen(StoredRoute stored, long revision) {
	}

}
