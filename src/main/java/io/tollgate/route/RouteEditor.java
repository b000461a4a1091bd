package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.announcement.Announcements;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.Pbx;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.TimeZones;
import io.tollgate.policy.WorkingWeek;
import io.tollgate.route.RouteEditPage.Day;
import io.tollgate.route.RouteEditPage.GroupChoice;
import io.tollgate.route.RouteEditPage.Neighbour;
import io.tollgate.route.RouteEditPage.Place;
import io.tollgate.route.RouteEditPage.TrunkChoice;
import io.tollgate.route.RouteFeedback.Point;
import io.tollgate.route.RouteFeedback.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together the editor of a route. */
@Component
class RouteEditor {

	private static final int SHOWN_POINTS = 12;

	/** In front of the code of a state, which is a preset of its own. */
	private static final String STATE = "state:";

	private final Routes routes;

	private final Trunks trunks;

	private final RouteLists lists;

	private final Announcements announcements;

	private final Groups groups;

	private final PinLists pins;

	private final WorkingWeek week;

	private final RouteWords words;

	RouteEditor(Routes routes, Trunks trunks, RouteLists lists, Announcements announcements, Groups groups,
			PinLists pins, WorkingWeek week, RouteWords words) {
		this.routes = routes;
		this.trunks = trunks;
		this.lists = lists;
		this.announcements = announcements;
		this.groups = groups;
		this.pins = pins;
		this.week = week;
		this.words = words;
	}

	/** The form of a new route. */
	RouteForm empty() {
		return RouteForm.empty(zone(), usual());
	}

	RouteForm form(OutboundRoute route) {
		return RouteForm.of(route, zone(), usual(), isPassword(route));
	}

	private boolean isPassword(OutboundRoute route) {
		var list = route.pins().isEmpty() ? null : this.pins.all().get(route.pins());
		return list != null && list.name().isEmpty();
	}

	/** How a call ends unless somebody chooses. */
	private RouteForm.Ending usual() {
		return RouteForm.Ending.usual(this.announcements.all().keySet());
	}

	/** Where the company works is where its routes are, usually. */
	private String zone() {
		return this.week.hours().zone().getId();
	}

	/**
	 * The page.
	 * @param id {@code null} for a new route
	 * @param checked whether to say what is wrong with the fields
	 */
	RouteEditPage page(Pbx pbx, @Nullable Long id, RouteForm form, boolean checked, boolean editable) {
		var problems = this.routes.problems(pbx.id(), id, form.toRoute(), form.asking().digits());
		var list = this.routes.list(pbx.id());
		return new RouteEditPage(pbx, id, title(list, id), place(list, id, form), form, causes(form),
				announcements(form), trunks(pbx, form), groups(pbx, form), pins(form), hasPassword(list, id),
				days(form), TimeZones.byArea(), presets(pbx), errors(checked ? problems : List.of(), form),
				feedback(pbx, earlier(list, id), form, problems, ""), editable);
	}

	private boolean hasPassword(List<StoredRoute> list, @Nullable Long id) {
		return list.stream().anyMatch((stored) -> id != null && stored.id() == id && isPassword(stored.route()));
	}

	/** By name; a list that is gone stays to be seen until another one is chosen. */
	private Map<String, String> pins(RouteForm form) {
		var names = new LinkedHashMap<String, String>();
		this.pins.seen()
			.entrySet()
			.stream()
			.filter((each) -> !each.getValue().name().isEmpty())
			.sorted(Comparator.comparing((each) -> each.getValue().name(), String.CASE_INSENSITIVE_ORDER))
			.forEach((each) -> names.put(each.getKey(), each.getValue().name()));
		if (form.asking().ask() == RouteForm.Ask.PIN && !form.asking().list().isEmpty()) {
			names.computeIfAbsent(form.asking().list(), (gone) -> this.words.say("routes.pins.gone"));
		}
		return names;
	}

	private static String title(List<StoredRoute> list, @Nullable Long id) {
		return list.stream()
			.filter((stored) -> id != null && stored.id() == id)
			.map((stored) -> stored.route().name())
			.findFirst()
			.orElse("");
	}

	/**
	 * What there is to say about a route while it is typed.
	 * @param tried a number to try, or nothing
	 */
	RouteFeedback feedback(Pbx pbx, @Nullable Long id, RouteForm form, String tried) {
		return feedback(pbx, earlier(this.routes.list(pbx.id()), id), form,
				this.routes.problems(pbx.id(), id, form.toRoute(), form.asking().digits()),
				tried.replaceAll("[^0-9*#+]", ""));
	}

	private RouteFeedback feedback(Pbx pbx, List<OutboundRoute> earlier, RouteForm form, List<RouteProblem> problems,
			String tried) {
		var used = form.usedRows();
		var said = new Point[form.rules().size()];
		var points = new ArrayList<Point>();
		for (var problem : problems) {
			var point = new Point((problem.line() > 0) ? used.get(problem.line() - 1) + 1 : 0, tone(problem),
					this.words.of(problem), "");
			if (point.line() > 0) {
				said[point.line() - 1] = point;
			}
			if (point.line() > 0 || !problem.refusal() || field(problem.code()).equals("rules")) {
				points.add(point); // what else is refused is said at its field
			}
		}
		var notes = new String[said.length];
		var insights = RuleInsights.of(form.toRoute(), earlier, this.lists.home(pbx), this.lists.restricted(pbx));
		for (int i = 0; i < insights.size(); i++) {
			int row = used.get(i);
			notes[row] = this.words.facts(insights.get(i));
			for (var warning : this.words.warnings(insights.get(i))) {
				var point = new Point(row + 1, "wait", warning.text(), warning.offer());
				points.add(point);
				said[row] = (said[row] != null) ? said[row] : point;
			}
		}
		points.sort(Comparator.comparing(Point::tone).thenComparing(Point::line));
		return new RouteFeedback(rows(form, said, notes), points.stream().limit(SHOWN_POINTS).toList(),
				Math.max(0, points.size() - SHOWN_POINTS), tried, tried(form, tried));
	}

	/**
	 * The form with what a warning offers in one of its rows.
	 * @param row from 1; one for which nothing is offered stays as it is
	 */
	RouteForm offered(Pbx pbx, @Nullable Long id, RouteForm form, int row) {
		var at = form.usedRows().indexOf(row - 1);
		if (at < 0) {
			return form;
		}
		var insights = RuleInsights.of(form.toRoute(), earlier(this.routes.list(pbx.id()), id), this.lists.home(pbx),
				this.lists.restricted(pbx));
		return insights.get(at).offer().map((match) -> form.matching(row - 1, match)).orElse(form);
	}

	/** A route in one sentence, for somebody who typed another one. */
	String words(Pbx pbx, OutboundRoute route) {
		var patterns = route.rules()
			.stream()
			.limit(SHOWN_POINTS)
			.map(DialRule::dialled)
			.collect(Collectors.joining(" "));
		int more = route.rules().size() - SHOWN_POINTS;
		return this.words.say("routes.conflict.now", route.name(), patterns, Math.max(0, more), this.words.goal(route),
				this.words.conditions(route, this.groups.of(pbx.id())));
	}

	/** The routes that are asked before. */
	private static List<OutboundRoute> earlier(List<StoredRoute> list, @Nullable Long id) {
		return list.stream().takeWhile((stored) -> id == null || stored.id() != id).map(StoredRoute::route).toList();
	}

	private List<Row> rows(RouteForm form, @Nullable Point[] said, @Nullable String[] notes) {
		var label = this.words.say("routes.rule");
		var rows = new ArrayList<Row>();
		for (int i = 0; i < said.length; i++) {
			var point = said[i];
			var note = (notes[i] != null) ? notes[i] : "";
			rows.add(Row.of(i + 1, label + " " + (i + 1), form.rules().get(i), (point != null) ? point.tone() : "",
					(point != null) ? point.text() : note));
		}
		if (rows.isEmpty()) {
			rows.add(Row.of(1, label + " 1", DialRule.of(""), "", ""));
		}
		return rows;
	}

	private static String tone(RouteProblem problem) {
		return problem.refusal() ? "stop" : "wait";
	}

	private String tried(RouteForm form, String number) {
		if (number.isEmpty()) {
			return "";
		}
		var route = form.toRoute();
		return RouteTrace.rule(number, route, false)
			.map((rule) -> this.words.say(route.blocks() ? "routes.try.blocked" : "routes.try.sent", rule.dialled(),
					rule.send(number), this.words.goal(route)))
			.orElseGet(() -> this.words.say("routes.try.none", number));
	}

	/** The presets to choose from, by what they are for. */
	private Map<String, Map<String, String>> presets(Pbx pbx) {
		var home = this.lists.home(pbx);
		var code = this.lists.dialingCode(pbx);
		var presets = new LinkedHashMap<String, Map<String, String>>();
		presets.put(this.words.say("routes.presets.ways"), named(PatternPresets.of(home, code, false)));
		presets.put(this.words.say("routes.presets.blocks"), named(PatternPresets.of(home, code, true)));
		if (home.isNanp()) {
			var states = new LinkedHashMap<String, String>();
			PatternPresets.states().forEach((state) -> states.put(STATE + state.code(), state.name()));
			presets.put(this.words.say("routes.presets.states"), states);
		}
		return presets;
	}

	/** The same presets with what they are made of. */
	Map<String, List<DialRule>> presetRules(Pbx pbx) {
		var rules = new LinkedHashMap<String, List<DialRule>>();
		presets(pbx).values().forEach((named) -> named.keySet().forEach((name) -> rules.put(name, preset(pbx, name))));
		return rules;
	}

	private Map<String, String> named(List<PatternPresets.Preset> presets) {
		var named = new LinkedHashMap<String, String>();
		presets.forEach((preset) -> named.put(preset.code(), this.words.say("route.preset." + preset.code())));
		return named;
	}

	/** The rules of the preset that was chosen; none when there is no such preset. */
	List<DialRule> preset(Pbx pbx, String chosen) {
		if (chosen.startsWith(STATE)) {
			return PatternPresets.state(chosen.substring(STATE.length()), true)
				.map(PatternPresets.Preset::rules)
				.orElse(List.of());
		}
		return Stream.of(false, true)
			.flatMap((blocks) -> PatternPresets.of(this.lists.home(pbx), this.lists.dialingCode(pbx), blocks).stream())
			.filter((preset) -> preset.code().equals(chosen))
			.findFirst()
			.map(PatternPresets.Preset::rules)
			.orElse(List.of());
	}

	/** What is wrong, by the field that has to be changed. */
	private Map<String, String> errors(List<RouteProblem> problems, RouteForm form) {
		var errors = new LinkedHashMap<String, String>();
		problems.stream()
			.filter((problem) -> problem.refusal() && problem.line() == 0)
			.forEach((problem) -> errors.putIfAbsent(field(problem.code()), this.words.of(problem)));
		if (form.asking().ask() == RouteForm.Ask.PASSWORD && !form.asking().digits().isEmpty()) {
			errors.putIfAbsent("digits", this.words.say("routes.digits.again"));
		}
		return errors;
	}

	static String field(String code) {
		return switch (code) {
			case "name", "name-taken" -> "name";
			case "emergency-block" -> "goal";
			case "no-such-trunk", "trunk-twice" -> "trunk";
			case "cause" -> "cause";
			case "no-such-announcement" -> "announcement";
			case "user", "emergency-condition" -> "users";
			case "no-such-group" -> "groups";
			case "caller-id" -> "shown";
			case "emergency-pins", "block-pins" -> "ask";
			case "no-such-pins" -> "pins";
			case "password" -> "digits";
			case "time" -> "hours";
			case "zone" -> "zone";
			default -> "rules";
		};
	}

	/** A trunk that the PBX has no more stays to be seen until another one is chosen. */
	private List<TrunkChoice> trunks(Pbx pbx, RouteForm form) {
		var present = this.trunks.names(pbx.id());
		var chosen = form.trunks().stream().filter((trunk) -> !trunk.isEmpty()).toList();
		var options = new LinkedHashMap<String, String>();
		options.put("", "");
		present.forEach((trunk) -> options.put(trunk, trunk));
		chosen.forEach((trunk) -> options.computeIfAbsent(trunk, (gone) -> this.words.say("routes.trunk.gone", gone)));
		int places = Math.max(1, Math.min(chosen.size() + 2, options.size() - 1));
		var choices = new ArrayList<TrunkChoice>();
		for (int i = 0; i < places; i++) {
			var shown = new LinkedHashMap<>(options);
			shown.put("", this.words.say((i == 0) ? "routes.trunk.none" : "routes.trunk.no-more"));
			choices.add(new TrunkChoice(i + 1, (i < chosen.size()) ? chosen.get(i) : "", shown));
		}
		return choices;
	}

	/** By name; a group that is gone stays to be seen until it is taken away. */
	private List<GroupChoice> groups(Pbx pbx, RouteForm form) {
		var groups = this.groups.of(pbx.id());
		var keys = new TreeSet<>(groups.keySet());
		keys.addAll(form.groups());
		return keys.stream()
			.map((key) -> new GroupChoice(key, this.words.name(key, groups),
					groups.containsKey(key) ? groups.get(key).members().size() : 0, form.groups().contains(key)))
			.sorted(Comparator.comparing(GroupChoice::name))
			.toList();
	}

	private Map<String, String> causes(RouteForm form) {
		var causes = new LinkedHashMap<String, String>();
		form.ending().causes().forEach((cause) -> causes.put(cause, this.words.cause(cause)));
		return causes;
	}

	/** One that is gone stays to be seen until another one is chosen. */
	private Map<String, String> announcements(RouteForm form) {
		var options = new LinkedHashMap<String, String>();
		options.put("", this.words.say("routes.announcement.none"));
		this.announcements.byName().forEach((key, announcement) -> options.put(key, announcement.name()));
		options.computeIfAbsent(form.ending().announcement(), (_) -> this.words.say("routes.announcement.gone"));
		return options;
	}

	private static List<Day> days(RouteForm form) {
		return Stream.of(DayOfWeek.values())
			.map((day) -> new Day(day.name(), RouteWords.name(day), form.hours().days().contains(day.name())))
			.toList();
	}

	private static Place place(List<StoredRoute> list, @Nullable Long id, RouteForm form) {
		int index = (id != null) ? list.stream().map(StoredRoute::id).toList().indexOf(id) : list.size();
		var around = new ArrayList<Neighbour>();
		for (int i = Math.max(0, index - 1); i <= Math.min(index + 1, list.size() - 1); i++) {
			if (i != index) {
				var route = list.get(i).route();
				around.add(new Neighbour(i + 1, route.name(), false, route.blocks(), !route.enabled()));
			}
		}
		around.add(Math.min((index > 0) ? 1 : 0, around.size()),
				new Neighbour(index + 1, form.name(), true, form.blocks(), !form.enabled()));
		return new Place(index + 1, (id != null) ? list.size() : list.size() + 1, around);
	}

}
