package io.tollgate.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.Announcements;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.extension.Groups;
import io.tollgate.listing.SearchText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The outbound routes of each PBX. Whoever changes one holds the PBX meanwhile: a change
 * of one route may move all others.
 */
@Service
@Transactional
public class Routes {

	private final RouteRows routes;

	private final Trunks trunks;

	private final Announcements announcements;

	private final Groups groups;

	private final RoutePins pins;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	Routes(RouteRows routes, Trunks trunks, Announcements announcements, Groups groups, RoutePins pins,
			PbxRegistry registry, AuditTrail audit) {
		this.routes = routes;
		this.trunks = trunks;
		this.announcements = announcements;
		this.groups = groups;
		this.pins = pins;
		this.registry = registry;
		this.audit = audit;
	}

	/**
	 * The first routes of PBXs that are seen whose name holds that.
	 * @param most how many at most
	 */
	@Transactional(readOnly = true)
	public List<FoundRoute> named(String text, int most) {
		var found = this.routes.named(SearchText.like(text));
		var seen = found.isEmpty() ? Set.<Long>of() : Set.copyOf(this.registry.ids());
		return found.stream().filter((each) -> seen.contains(each.pbxId())).limit(most).toList();
	}

	/** The routes of a PBX in the order in which they are asked. */
	@Transactional(readOnly = true)
	public List<StoredRoute> list(long pbxId) {
		return rows(pbxId).stream().map(RouteRow::toStored).toList();
	}

	/**
	 * The same of several PBXs at once, by PBX; one that has no route is there with none.
	 * Four queries.
	 */
	@Transactional(readOnly = true)
	public Map<Long, List<StoredRoute>> list(Collection<Long> pbxIds) {
		var rules = this.routes.rules(pbxIds)
			.stream()
			.collect(Collectors.groupingBy(RouteRows.RuleOf::route,
					Collectors.mapping(RouteRows.RuleOf::toRule, Collectors.toList())));
		var trunks = parts(this.routes.trunks(pbxIds));
		var users = parts(this.routes.users(pbxIds));
		var routes = new HashMap<Long, List<StoredRoute>>();
		pbxIds.forEach((pbxId) -> routes.put(pbxId, new ArrayList<>()));
		this.routes.heads(pbxIds)
			.forEach((head) -> routes.computeIfAbsent(head.pbxId(), (id) -> new ArrayList<>())
				.add(new StoredRoute(head.id(),
						head.with(rules.getOrDefault(head.id(), List.of()), trunks.getOrDefault(head.id(), List.of()),
								new TreeSet<>(users.getOrDefault(head.id(), List.of()))))));
		return routes;
	}

	private static Map<Long, List<String>> parts(List<RouteRows.PartOf> rows) {
		return rows.stream()
			.collect(Collectors.groupingBy(RouteRows.PartOf::route,
					Collectors.mapping(RouteRows.PartOf::text, Collectors.toList())));
	}

	/** One route. */
	@Transactional(readOnly = true)
	public Optional<StoredRoute> find(long pbxId, long id) {
		return row(pbxId, id).map(RouteRow::toStored);
	}

	/** The first route that takes calls out of the company; an empty one without. */
	@Transactional(readOnly = true)
	public FirstRoute first(long pbxId) {
		return firstRow(pbxId).map((row) -> FirstRoute.of(row.toRoute())).orElse(new FirstRoute(null, List.of()));
	}

	/** Saves the first route that takes calls out of the company. */
	public SaveResult saveFirst(long pbxId, FirstRoute route) {
		this.registry.hold(pbxId);
		var row = firstRow(pbxId);
		return row.isPresent() ? save(pbxId, row.get().getId(), route.toRoute()) : add(pbxId, route.toRoute());
	}

	private Optional<RouteRow> firstRow(long pbxId) {
		return rows(pbxId).stream().filter((row) -> row.toRoute().type() == RouteType.NORMAL).findFirst();
	}

	private List<RouteRow> rows(long pbxId) {
		return this.routes.findByPbxIdOrderByPosition(pbxId);
	}

	private Optional<RouteRow> row(long pbxId, long id) {
		return this.routes.findById(id).filter((row) -> row.getPbxId() == pbxId);
	}

	/**
	 * What would stand against that route, and what people should know about it. Patterns
	 * may be as typed.
	 * @param id the route that it would replace, {@code null} for a new one
	 */
	@Transactional(readOnly = true)
	public List<RouteProblem> problems(long pbxId, @Nullable Long id, OutboundRoute route) {
		return problems(pbxId, id, route, "");
	}

	/**
	 * The same.
	 * @param password digits that become its password, empty to keep what it has
	 */
	@Transactional(readOnly = true)
	public List<RouteProblem> problems(long pbxId, @Nullable Long id, OutboundRoute route, String password) {
		var known = new RouteCheck.Known(this.trunks.names(pbxId), this.announcements.seen().keySet(),
				otherNames(pbxId, id));
		var problems = new ArrayList<>(RouteCheck.groups(route, this.groups.of(pbxId)));
		problems.addAll(this.pins.problems(route, asked(pbxId, id), password));
		problems.addAll(RouteCheck.problems(RouteCheck.clean(route), known));
		return problems;
	}

	/** What a route asks for now. */
	private String asked(long pbxId, @Nullable Long id) {
		return (id != null) ? row(pbxId, id).map(RouteRow::getPins).orElse("") : "";
	}

	private Set<String> otherNames(long pbxId, @Nullable Long id) {
		return this.routes.names(pbxId, (id != null) ? id : 0)
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
	}

	/**
	 * Adds a route at the bottom, where it takes nothing from those above; an emergency
	 * route below the other emergency routes.
	 */
	public SaveResult add(long pbxId, OutboundRoute route) {
		return add(pbxId, route, "");
	}

	/**
	 * The same.
	 * @param password digits that become its password when it asks for one
	 */
	public SaveResult add(long pbxId, OutboundRoute route, String password) {
		this.registry.hold(pbxId);
		var wanted = RouteCheck.clean(route);
		var refusals = refusals(pbxId, null, wanted, password);
		if (!refusals.isEmpty()) {
			return new SaveResult.Refused(refusals);
		}
		var clean = this.pins.withPassword(wanted, "", password);
		var rows = new ArrayList<>(rows(pbxId));
		var row = new RouteRow(pbxId, rows.size(), clean);
		this.routes.saveAndFlush(row);
		rows.add(row);
		number(rows);
		note(pbxId, "route.added", null, words(pbxId, clean));
		return new SaveResult.Saved(true);
	}

	/** Changes a route. A route that is the same as before changes nothing. */
	public SaveResult save(long pbxId, long id, OutboundRoute route) {
		return save(pbxId, id, route, "");
	}

	/**
	 * The same.
	 * @param password digits that become its password when it asks for one, empty to keep
	 * what it has
	 */
	public SaveResult save(long pbxId, long id, OutboundRoute route, String password) {
		return save(pbxId, id, route, password, null);
	}

	/** A number that rises with every change of a route. */
	@Transactional(readOnly = true)
	public long revision(long pbxId, long id) {
		return row(pbxId, id).map(RouteRow::getRevision).orElse(0L);
	}

	/**
	 * The same, unless somebody else changed the route meanwhile.
	 * @param seen the revision that it was made from, {@code null} for whatever it is now
	 */
	public SaveResult save(long pbxId, long id, OutboundRoute route, String password, @Nullable Long seen) {
		// before it is read: what was read is not read again
		this.registry.hold(pbxId);
		var wanted = RouteCheck.clean(route);
		var row = row(pbxId, id).orElseThrow();
		var before = row.toRoute();
		var refusals = refusals(pbxId, id, wanted, password);
		// to switch a route off is always right, whatever it names that is gone
		boolean switchesOff = wanted.equals(before.withEnabled(false));
		if (!refusals.isEmpty() && !switchesOff) {
			return new SaveResult.Refused(refusals);
		}
		boolean renewed = this.pins.isNew(wanted, before.pins(), password);
		if (!renewed && before.equals(this.pins.withPassword(wanted, before.pins(), ""))) {
			return new SaveResult.Saved(false);
		}
		if (seen != null && seen != row.getRevision()) {
			return new SaveResult.ChangedMeanwhile(before, row.getRevision());
		}
		var was = words(pbxId, before);
		// a new password is written here, so nothing may be refused any more
		var clean = this.pins.withPassword(wanted, before.pins(), password);
		row.become(clean);
		this.routes.saveAndFlush(row);
		number(new ArrayList<>(rows(pbxId)));
		note(pbxId, "route.changed", was,
				words(pbxId, clean) + (renewed && clean.pins().equals(before.pins()) ? ", which is a new one" : ""));
		this.pins.forget();
		return new SaveResult.Saved(true);
	}

	private List<RouteProblem> refusals(long pbxId, @Nullable Long id, OutboundRoute route, String password) {
		return problems(pbxId, id, route, password).stream().filter(RouteProblem::refusal).toList();
	}

	/**
	 * Takes a route away.
	 * @return whether there was one
	 */
	public boolean delete(long pbxId, long id) {
		this.registry.hold(pbxId);
		var row = row(pbxId, id);
		row.ifPresent((found) -> {
			// read before: what is not loaded by then cannot be said after
			var before = words(pbxId, found.toRoute());
			this.routes.delete(found);
			this.routes.flush();
			number(new ArrayList<>(rows(pbxId)));
			note(pbxId, "route.deleted", before, null);
			this.pins.forget();
		});
		return row.isPresent();
	}

	/**
	 * Moves a route. Emergency routes stay above all others, wherever they are moved to.
	 * @param position from 0; beyond the end is the end
	 * @return whether the order changed
	 */
	public boolean move(long pbxId, long id, int position) {
		this.registry.hold(pbxId);
		var rows = new ArrayList<>(rows(pbxId));
		var before = order(rows);
		var row = rows.stream().filter((candidate) -> candidate.getId() == id).findFirst().orElseThrow();
		rows.remove(row);
		rows.add(Math.clamp(position, 0, rows.size()), row);
		number(rows);
		return moved(pbxId, before);
	}

	private boolean moved(long pbxId, String before) {
		var after = order(rows(pbxId));
		if (after.equals(before)) {
			return false;
		}
		note(pbxId, "route.moved", before, after);
		return true;
	}

	/**
	 * Puts all of them into another order. Emergency routes stay above all others.
	 * @param ids of all routes of the PBX
	 * @return whether the order changed
	 * @throws IllegalArgumentException when these are others
	 */
	boolean order(long pbxId, List<Long> ids) {
		this.registry.hold(pbxId);
		var rows = new ArrayList<>(rows(pbxId));
		if (ids.size() != rows.size()
				|| !Set.copyOf(ids).equals(rows.stream().map(RouteRow::getId).collect(Collectors.toSet()))) {
			throw new IllegalArgumentException("not the routes of the PBX");
		}
		var before = order(rows);
		rows.sort(Comparator.comparingInt((row) -> ids.indexOf(row.getId())));
		number(rows);
		return moved(pbxId, before);
	}

	/** Gives them numbers from 0 in that order, emergency routes first. */
	private void number(List<RouteRow> rows) {
		rows.sort(Comparator.comparing((row) -> !row.toRoute().emergency()));
		for (int i = 0; i < rows.size(); i++) {
			rows.get(i).setPosition(i);
		}
		this.routes.saveAllAndFlush(rows);
	}

	private static String order(List<RouteRow> rows) {
		return rows.stream()
			.sorted(Comparator.comparingInt(RouteRow::getPosition))
			.map((row) -> row.toRoute().name())
			.collect(Collectors.joining(", "));
	}

	/** Takes back what was in force before, even if a trunk is gone by now. */
	public void restore(long pbxId, List<OutboundRoute> routes) {
		this.registry.hold(pbxId);
		var rows = rows(pbxId);
		var before = rows.stream().map(RouteRow::toRoute).toList();
		if (before.equals(routes)) {
			return;
		}
		this.routes.deleteAll(rows);
		this.routes.flush();
		var restored = new ArrayList<RouteRow>();
		routes.forEach((route) -> restored.add(new RouteRow(pbxId, restored.size(), route)));
		this.routes.saveAllAndFlush(restored);
		note(pbxId, "route.restored", words(pbxId, before), words(pbxId, routes));
	}

	private void note(long pbxId, String action, @Nullable String before, @Nullable String after) {
		this.registry.touch(pbxId);
		this.audit.record(action, object(pbxId), before, after);
	}

	private AuditObject object(long pbxId) {
		return AuditObject.of("route", pbxId, this.registry.find(pbxId).map(Pbx::name).orElse(null)).on(pbxId);
	}

	/** For the audit log. */
	private String words(long pbxId, List<OutboundRoute> routes) {
		return routes.isEmpty() ? "no routes"
				: routes.stream().map((route) -> words(pbxId, route)).collect(Collectors.joining("; "));
	}

	/** For the audit log: what it takes and where that goes. */
	private String words(long pbxId, OutboundRoute route) {
		var announcements = this.announcements.all();
		var words = new ArrayList<String>();
		words.add(route.name() + (route.enabled() ? "" : " (off)"));
		var block = route.block();
		if (block != null) {
			words.add("blocks with cause " + block.cause()
					+ (block.announces() ? " after " + played(block.announcement(), announcements) : ""));
		}
		else {
			words.add(route.trunks().isEmpty() ? "no trunk" : "trunk " + String.join(" then ", route.trunks()));
		}
		words.add(route.rules().isEmpty() ? "no patterns"
				: route.rules().stream().map(Routes::words).collect(Collectors.joining(" ")));
		if (!route.users().isEmpty()) {
			words.add("only " + users(route.users(), this.groups.of(pbxId)));
		}
		if (route.time() != null) {
			words.add(route.time().toString());
		}
		if (!route.callerId().isEmpty()) {
			words.add("caller ID " + route.callerId());
		}
		if (!route.pins().isEmpty()) {
			words.add(this.pins.words(route.pins()));
		}
		return String.join(", ", words);
	}

	private static String played(String key, Map<String, Announcement> announcements) {
		var announcement = announcements.get(key);
		return (announcement != null) ? announcement.name() : "an announcement that is gone";
	}

	private static String users(Set<String> users, Map<String, ExtensionGroup> groups) {
		return users.stream().map((user) -> {
			var group = user.startsWith(ExtensionGroup.PREFIX)
					? groups.get(user.substring(ExtensionGroup.PREFIX.length())) : null;
			return (group != null) ? "group " + group.name() : user;
		}).collect(Collectors.joining(" "));
	}

	private static String words(DialRule rule) {
		return (rule.prepend().isEmpty() ? "" : rule.prepend() + "+")
				+ (rule.prefix().isEmpty() ? "" : rule.prefix() + "|") + rule.match()
				+ (rule.callerId().isEmpty() ? "" : "/" + rule.callerId());
	}

}
