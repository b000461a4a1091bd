package io.tollgate.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.Announcements;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.extension.Groups;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinList;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.route.RouteListPage.Item;
import io.tollgate.route.RouteListPage.Note;
import io.tollgate.route.RouteListPage.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Puts together the list of a PBX's routes. */
@Component
class RouteLists {

	private static final int SHOWN_PATTERNS = 6;

	private static final int SHOWN_NOTES = 3;

	private final Routes routes;

	private final Trunks trunks;

	private final Groups groups;

	private final PinLists pins;

	private final PbxRegistry registry;

	private final Policies policies;

	private final RestrictionLists restrictions;

	private final Announcements announcements;

	private final RouteWords words;

	RouteLists(Routes routes, Trunks trunks, Groups groups, PinLists pins, PbxRegistry registry, Policies policies,
			RestrictionLists restrictions, Announcements announcements, RouteWords words) {
		this.routes = routes;
		this.trunks = trunks;
		this.groups = groups;
		this.pins = pins;
		this.registry = registry;
		this.policies = policies;
		this.restrictions = restrictions;
		this.announcements = announcements;
		this.words = words;
	}

	/** The PBXs, by name. */
	List<Pbx> pbxs() {
		return this.registry.all();
	}

	Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	/** What the people at a PBX dial. */
	NumberingPlan home(Pbx pbx) {
		return NumberingPlan.of(this.policies.rules(pbx.policyId()).homeCountry());
	}

	/** What nobody there may dial. */
	SortedSet<String> restricted(Pbx pbx) {
		return this.restrictions.of(pbx.policyId(), pbx.id()).entries();
	}

	/** What they dial to call abroad. */
	String dialingCode(Pbx pbx) {
		return this.policies.rules(pbx.policyId()).dialingCode();
	}

	/**
	 * The page.
	 * @param typed a number to trace as it was typed, or nothing
	 */
	RouteListPage page(Pbx pbx, String typed, boolean editable) {
		var stored = this.routes.list(pbx.id());
		var all = stored.stream().map(StoredRoute::route).toList();
		var emergency = this.policies.rules(pbx.policyId()).emergencyNumbers();
		var number = typed.replaceAll("[^0-9*#+]", "");
		var trace = number.isEmpty() ? null : RouteTrace.of(number, all);
		boolean ownRoute = all.stream().anyMatch((route) -> route.emergency() && route.enabled());
		var around = new Around(this.trunks.names(pbx.id()), this.announcements.all(), this.groups.of(pbx.id()),
				this.pins.all(), home(pbx), restricted(pbx));
		return new RouteListPage(pbx, pbxs(), items(stored, around, trace),
				ownRoute ? Collections.emptySortedSet() : emergency, wayOut(all), number,
				(trace != null) ? said(trace, all, emergency, around) : "", editable);
	}

	/** Where emergency numbers leave that no route is for. */
	private static @Nullable String wayOut(List<OutboundRoute> routes) {
		return routes.stream()
			.filter((route) -> route.enabled() && route.type() == RouteType.NORMAL && !route.trunks().isEmpty())
			.map((route) -> String.join(", ", route.trunks()))
			.findFirst()
			.orElse(null);
	}

	private List<Item> items(List<StoredRoute> stored, Around around, @Nullable RouteTrace trace) {
		var items = new ArrayList<Item>();
		for (int i = 0; i < stored.size(); i++) {
			items.add(item(stored, i, around, trace));
		}
		return items;
	}

	private Item item(List<StoredRoute> stored, int index, Around around, @Nullable RouteTrace trace) {
		var route = stored.get(index).route();
		var problems = new ArrayList<>(RouteCheck.groups(route, around.groups()));
		problems.addAll(RoutePins.problems(route, route.pins(), around.pins()));
		problems.addAll(RouteCheck.problems(route,
				new RouteCheck.Known(around.trunks(), around.announcements().keySet(), Set.of())));
		var insights = RuleInsights.of(route, stored.subList(0, index).stream().map(StoredRoute::route).toList(),
				around.home(), around.restricted());
		var warned = new TreeSet<Integer>();
		problems.forEach((problem) -> warned.add(problem.line()));
		for (int i = 0; i < insights.size(); i++) {
			if (insights.get(i).shadowed() || !insights.get(i).warnings().isEmpty()) {
				warned.add(i + 1);
			}
		}
		var patterns = new ArrayList<Pattern>();
		for (int i = 0; i < Math.min(route.rules().size(), SHOWN_PATTERNS); i++) {
			patterns.add(Pattern.of(route.rules().get(i), warned.contains(i + 1)));
		}
		return new Item(stored.get(index).id(), index + 1, route.name(), css(route, index, trace),
				this.words.conditions(route, around.groups()), this.words.asks(route, around.pins()), patterns,
				route.rules().size() - patterns.size(),
				route.blocks() ? "ban" : route.enabled() ? "arrow-right" : "circle-minus", this.words.goal(route),
				this.words.after(route, around.announcements()), route.enabled(), route.blocks(), route.emergency(),
				neighbour(stored, index, -1), neighbour(stored, index, 1), notes(route, problems, insights));
	}

	/**
	 * A route with a pattern in the first rule for which a warning offers it; as it is
	 * when none does.
	 */
	OutboundRoute offered(Pbx pbx, long id, String offer) {
		var stored = this.routes.list(pbx.id());
		int place = stored.stream().map(StoredRoute::id).toList().indexOf(id);
		var route = stored.get(place).route();
		var insights = RuleInsights.of(route, stored.subList(0, place).stream().map(StoredRoute::route).toList(),
				home(pbx), restricted(pbx));
		var rules = new ArrayList<>(route.rules());
		for (int i = 0; i < insights.size(); i++) {
			if (insights.get(i).offer().filter(offer::equals).isPresent()) {
				var rule = rules.get(i);
				rules.set(i, new DialRule(rule.prepend(), rule.prefix(), offer, rule.callerId()));
				return route.withRules(rules);
			}
		}
		return route;
	}

	private static String css(OutboundRoute route, int index, @Nullable RouteTrace trace) {
		var css = new StringBuilder("flow__item");
		css.append(!route.enabled() ? " flow__item--off" : route.blocks() ? " flow__item--block" : "");
		if (trace != null) {
			css.append(switch (trace.steps().get(index)) {
				case HIT -> " is-hit";
				case PERHAPS -> "";
				case MISSED -> " is-missed";
				case UNREACHED -> " is-unreached";
			});
		}
		return css.toString();
	}

	/** An emergency route moves among emergency routes only, the others below them. */
	private static @Nullable Integer neighbour(List<StoredRoute> stored, int index, int step) {
		int there = index + step;
		boolean same = there >= 0 && there < stored.size()
				&& stored.get(there).route().emergency() == stored.get(index).route().emergency();
		return same ? there : null;
	}

	private List<Note> notes(OutboundRoute route, List<RouteProblem> problems, List<RuleInsight> insights) {
		var notes = new ArrayList<Note>();
		if (!route.enabled()) {
			return List.of(new Note("off", "circle-minus", this.words.say("routes.off"), ""));
		}
		problems.forEach((problem) -> notes
			.add(new Note(problem.refusal() ? "stop" : "wait", "triangle-alert", this.words.of(problem), "")));
		insights.stream()
			.flatMap((insight) -> this.words.warnings(insight).stream())
			.distinct()
			.forEach((warning) -> notes.add(new Note("wait", "triangle-alert", warning.text(), warning.offer())));
		if (notes.size() <= SHOWN_NOTES) {
			return notes;
		}
		var shown = new ArrayList<>(notes.subList(0, SHOWN_NOTES));
		shown.add(new Note("wait", "triangle-alert", this.words.say("routes.more-warnings", notes.size() - SHOWN_NOTES),
				""));
		return shown;
	}

	private String said(RouteTrace trace, List<OutboundRoute> routes, SortedSet<String> emergency, Around around) {
		if (trace.isOneOf(emergency)) {
			return this.words.say("routes.trace.emergency", trace.number());
		}
		var perhaps = new ArrayList<String>();
		for (int i = 0; i < routes.size(); i++) {
			if (trace.steps().get(i) == RouteTrace.Step.PERHAPS) {
				perhaps.add(this.words.say("routes.trace.perhaps", i + 1, routes.get(i).name()));
			}
		}
		perhaps.add(caught(trace, routes, !perhaps.isEmpty(), around));
		return String.join(" ", perhaps);
	}

	private String caught(RouteTrace trace, List<OutboundRoute> routes, boolean others, Around around) {
		var rule = trace.rule();
		if (rule == null) {
			return this.words.say(others ? "routes.trace.none.else" : "routes.trace.none", trace.number());
		}
		var route = routes.get(trace.caught());
		return this.words.say(
				route.blocks() ? "routes.trace.block"
						: route.trunks().isEmpty() ? "routes.trace.no-trunk" : "routes.trace.hit",
				trace.caught() + 1, route.name(), rule.dialled(), this.words.after(route, around.announcements()),
				String.join(", ", route.trunks()), rule.send(trace.number()));
	}

	/**
	 * What routes name.
	 *
	 * @param trunks of the PBX
	 * @param announcements by key
	 * @param groups of extensions, by key
	 * @param pins PIN lists by key
	 * @param home what its people dial
	 * @param restricted what nobody there may dial
	 */
	private record Around(SortedSet<String> trunks, SortedMap<String, Announcement> announcements,
			SortedMap<String, ExtensionGroup> groups, SortedMap<String, PinList> pins, NumberingPlan home,
			SortedSet<String> restricted) {
	}

}
