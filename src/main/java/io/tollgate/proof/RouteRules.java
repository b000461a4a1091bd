package io.tollgate.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.DialPattern;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all routes in the order in which a PBX decides for them: the routes from
 * the top, in a route those for certain callers first, among them by Asterisk's order of
 * patterns.
 */
final class RouteRules {

	private final Automata automata;

	private final Snapshot snapshot;

	private final List<Condition> conditions = new ArrayList<>();

	private final List<Way> ways = new ArrayList<>();

	private final List<Rule> rules = new ArrayList<>();

	private final Map<List<Boolean>, Integer> leaving = new HashMap<>();

	/** Groups by their members. */
	private final Map<SortedSet<String>, SortedSet<String>> users = new HashMap<>();

	RouteRules(Automata automata, Snapshot snapshot) {
		this.automata = automata;
		this.snapshot = snapshot;
		var knownConditions = new HashMap<Condition, Integer>();
		var knownWays = new HashMap<Way, Integer>();
		for (int place = 0; place < snapshot.routes().size(); place++) {
			var route = snapshot.routes().get(place);
			if (route.enabled() && !route.emergency() && (route.blocks() || !route.trunks().isEmpty())) {
				add(place, route, knownConditions, knownWays);
			}
		}
	}

	private void add(int place, OutboundRoute route, Map<Condition, Integer> knownConditions,
			Map<Way, Integer> knownWays) {
		var groups = new LinkedHashSet<String>();
		route.rules().stream().map(DialRule::callerId).filter((caller) -> !caller.isEmpty()).forEach(groups::add);
		groups.add("");
		for (var caller : groups) {
			var group = route.rules().stream().filter((rule) -> rule.callerId().equals(caller)).toList();
			boolean changes = group.stream().anyMatch((rule) -> !rule.prepend().isEmpty() || !rule.prefix().isEmpty());
			int condition = number(knownConditions, this.conditions,
					new Condition(route.users(), route.time(), caller));
			var sorted = new ArrayList<Map.Entry<DialPattern, DialRule>>();
			for (var rule : group) {
				if (DialPattern.parse("_" + rule.dialled()) instanceof DialPattern.Ok(DialPattern pattern)) {
					sorted.add(Map.entry(pattern, rule));
				}
			}
			sorted.sort(Map.Entry.comparingByKey(DialPattern.ORDER));
			for (var each : sorted) {
				var rule = each.getValue();
				int way = number(knownWays, this.ways, new Way(place, rule.prefix().length(), rule.prepend(), changes));
				this.rules
					.add(new Rule(place, condition, way, this.automata.of(each.getKey().numbers(), way + 1), rule));
			}
		}
	}

	private static <T> int number(Map<T, Integer> known, List<T> all, T one) {
		return known.computeIfAbsent(one, (key) -> {
			all.add(key);
			return all.size() - 1;
		});
	}

	List<Condition> conditions() {
		return this.conditions;
	}

	List<Way> ways() {
		return this.ways;
	}

	/** In the order in which they are asked. */
	List<Rule> rules() {
		return this.rules;
	}

	OutboundRoute route(int place) {
		return this.snapshot.routes().get(place);
	}

	/** Whether calls leave by it. Without any PIN nobody knows one. */
	boolean isLive(OutboundRoute route) {
		var pins = this.snapshot.pins().get(route.pins());
		return !route.blocks() && (route.pins().isEmpty() || (pins != null && !pins.labels().isEmpty()));
	}

	boolean isLive(Way way) {
		return isLive(route(way.route()));
	}

	/**
	 * All live routes as one automaton; labels are ways, from 1.
	 * @param there which conditions are met
	 */
	int leaving(List<Boolean> there) {
		return this.leaving.computeIfAbsent(there, (conditions) -> {
			int all = this.automata.first(this.rules.stream()
				.filter((rule) -> conditions.get(rule.condition()))
				.mapToInt(Rule::taken)
				.toArray());
			return this.automata.relabel(all, (label) -> isLive(this.ways.get(label - 1)) ? label : 0);
		});
	}

	/** What passes whatever the rules say. */
	int emergency() {
		return this.automata.first(Emergency.numbers(this.snapshot)
			.keySet()
			.stream()
			.mapToInt((number) -> this.automata.after(number, this.automata.end(1)))
			.toArray());
	}

	/** Which conditions depend on the caller and are met. */
	boolean isFor(Condition condition, String caller) {
		return (condition.users().isEmpty()
				|| this.users.computeIfAbsent(condition.users(), this.snapshot::endpoints).contains(caller))
				&& new DialRule("", "", "", condition.caller()).isFor(caller);
	}

	/**
	 * When a rule is there.
	 *
	 * @param users of its route, empty for all
	 * @param time of its route, {@code null} for always
	 * @param caller pattern of their numbers, empty for any
	 */
	record Condition(SortedSet<String> users, @Nullable RouteTime time, String caller) {

		boolean none() {
			return this.users.isEmpty() && this.time == null && this.caller.isEmpty();
		}

	}

	/**
	 * Where a number goes.
	 *
	 * @param route place of the route
	 * @param strip how many characters are taken off
	 * @param prepend what is put in front
	 * @param changes whether some rule beside it changes numbers: then all are judged
	 * again as they are sent
	 */
	record Way(int route, int strip, String prepend, boolean changes) {
	}

	/**
	 * One rule.
	 *
	 * @param route place of its route
	 * @param condition place of its condition
	 * @param way place of its way
	 * @param taken automaton of what it takes; the label is its way, from 1
	 * @param row as it was written
	 */
	record Rule(int route, int condition, int way, int taken, DialRule row) {

		/** What is dialled. Read again: a million of them would fill the memory. */
		DialPattern pattern() {
			if (DialPattern.parse("_" + this.row.dialled()) instanceof DialPattern.Ok(DialPattern pattern)) {
				return pattern;
			}
			throw new IllegalStateException(this.row.dialled());
		}

	}

}
