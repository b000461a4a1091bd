package io.tollgate.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.decision.Verdict.Reason;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * All patterns of all routes in one table, and for each way in which a number can match
 * them what becomes of it, by kind of caller: those for whom the same routes and rules
 * are there.
 */
final class CompiledRoutes {

	/** Beyond that a table would take more memory than it is worth. */
	private static final int MOST_BRANCHES = 4_000_000;

	private final List<RouteTime> times = new ArrayList<>();

	private final Automaton automaton;

	/** What each number of a match stands for. */
	private final List<List<Candidate>> matches = new ArrayList<>();

	/** By match and kind of caller. */
	private final Branch[] branches;

	private final int kinds;

	private final int afterDialingCode;

	/**
	 * Compiles the routes.
	 * @param callers one of each kind; {@link #kind} tells them apart
	 */
	CompiledRoutes(Snapshot snapshot, List<String> callers) {
		var rules = rules(snapshot);
		var numbers = new HashMap<List<Candidate>, Integer>();
		this.automaton = Automaton.of(rules.stream().map(Rule::numbers).toList(), (places) -> {
			var candidates = candidates(rules, places);
			var known = numbers.putIfAbsent(candidates, this.matches.size());
			if (known == null) {
				this.matches.add(candidates);
			}
			return (known != null) ? known : this.matches.size() - 1;
		});
		this.afterDialingCode = this.automaton.read(Automaton.START, snapshot.policy().dialingCode(), 0);
		this.kinds = callers.size();
		if ((long) this.matches.size() * this.kinds > MOST_BRANCHES) {
			throw new Automaton.TooIntricate(MOST_BRANCHES);
		}
		this.branches = branches(snapshot, callers);
	}

	/** What makes callers differ: which routes and rules are there for them. */
	static List<Boolean> kind(Snapshot snapshot, String caller) {
		var kind = new ArrayList<Boolean>();
		for (var route : snapshot.routes()) {
			kind.add(route.users().isEmpty() || snapshot.names(route.users(), caller));
			callerPatterns(route).forEach((rule) -> kind.add(rule.isFor(caller)));
		}
		return kind;
	}

	/**
	 * Whether the number of the caller makes a difference, and not only lists of them.
	 */
	static boolean haveCallerPatterns(Snapshot snapshot) {
		return snapshot.routes().stream().anyMatch((route) -> !callerPatterns(route).isEmpty());
	}

	/** A rule for each pattern of callers. */
	private static List<DialRule> callerPatterns(OutboundRoute route) {
		var seen = new TreeSet<String>();
		return route.rules()
			.stream()
			.filter((rule) -> !rule.callerId().isEmpty() && seen.add(rule.callerId()))
			.toList();
	}

	private List<Rule> rules(Snapshot snapshot) {
		var rules = new ArrayList<Rule>();
		for (int place = 0; place < snapshot.routes().size(); place++) {
			var route = snapshot.routes().get(place);
			if (route.enabled() && !route.emergency() && (route.blocks() || !route.trunks().isEmpty())) {
				rules(snapshot, place, route, rules);
			}
		}
		return rules;
	}

	private void rules(Snapshot snapshot, int place, OutboundRoute route, List<Rule> rules) {
		var groups = new LinkedHashSet<String>();
		callerPatterns(route).forEach((rule) -> groups.add(rule.callerId()));
		groups.add("");
		int time = time(route.time());
		int group = 0;
		for (var caller : groups) {
			var some = route.rules().stream().filter((rule) -> rule.callerId().equals(caller)).toList();
			boolean changes = some.stream().anyMatch((rule) -> !rule.prepend().isEmpty() || !rule.prefix().isEmpty());
			for (var rule : some) {
				if (DialPattern.parse("_" + rule.dialled()) instanceof DialPattern.Ok(DialPattern pattern)) {
					var condition = new Condition(route.users(), caller);
					rules.add(new Rule(place, group, pattern, pattern.numbers(),
							new Candidate(condition, time, way(snapshot, route, rule, changes))));
				}
			}
			group++;
		}
	}

	private int time(@Nullable RouteTime time) {
		if (time == null) {
			return Branch.ALWAYS;
		}
		if (!this.times.contains(time)) {
			this.times.add(time);
		}
		return this.times.indexOf(time);
	}

	private static Way way(Snapshot snapshot, OutboundRoute route, DialRule rule, boolean changes) {
		if (route.blocks()) {
			return Way.none(Reason.BLOCKED);
		}
		var list = snapshot.pins().get(route.pins());
		boolean noPin = !route.pins().isEmpty() && (list == null || list.labels().isEmpty());
		boolean inFull = route.trunks()
			.stream()
			.allMatch((trunk) -> snapshot.trunk(trunk).reading() == Trunk.Reading.E164);
		var code = snapshot.policy().dialingCode();
		int taken = rule.prefix().length();
		// a route may also take off digits of the dialing code that was put in front
		var left = code.substring(Math.min(taken, code.length()));
		return new Way(noPin ? Reason.PIN : Reason.ROUTED, inFull, changes, rule.prepend(), taken,
				rule.prepend() + left, Math.max(0, taken - code.length()));
	}

	/** What is asked in turn for a number, until something always holds. */
	private static List<Candidate> candidates(List<Rule> rules, int[] places) {
		var best = new ArrayList<Rule>();
		for (int place : places) {
			var rule = rules.get(place);
			if (best.isEmpty() || !best.getLast().isBeside(rule)) {
				best.add(rule);
			}
			else if (DialPattern.ORDER.compare(rule.pattern(), best.getLast().pattern()) < 0) {
				best.set(best.size() - 1, rule);
			}
		}
		var candidates = new ArrayList<Candidate>();
		for (var rule : best) {
			candidates.add(rule.candidate());
			if (rule.candidate().condition().none() && rule.candidate().time() == Branch.ALWAYS) {
				break;
			}
		}
		return candidates;
	}

	private Branch[] branches(Snapshot snapshot, List<String> callers) {
		var branches = new Branch[this.matches.size() * this.kinds];
		Map<Branch, Branch> same = new HashMap<>();
		for (int kind = 0; kind < this.kinds; kind++) {
			var met = new HashMap<Condition, Boolean>();
			for (int match = 0; match < this.matches.size(); match++) {
				var branch = branch(snapshot, this.matches.get(match), callers.get(kind), met);
				var known = same.putIfAbsent(branch, branch);
				branches[match * this.kinds + kind] = (known != null) ? known : branch;
			}
		}
		return branches;
	}

	private static Branch branch(Snapshot snapshot, List<Candidate> candidates, String caller,
			Map<Condition, Boolean> met) {
		var branch = Branch.NOWHERE;
		for (var candidate : candidates.reversed()) {
			if (met.computeIfAbsent(candidate.condition(), (condition) -> condition.isMet(snapshot, caller))) {
				branch = new Branch(candidate.way(), candidate.time(),
						(candidate.time() == Branch.ALWAYS) ? null : branch);
			}
		}
		return branch;
	}

	int size() {
		return this.automaton.size();
	}

	int branches() {
		return this.branches.length;
	}

	/** When routes are there; a {@link Branch} names them by place. */
	List<RouteTime> times() {
		return this.times;
	}

	/**
	 * The state after a number as it is sent; {@link Automaton#STRANGE} when it is none.
	 * @param dialingCode whether the dialing code stands in front
	 */
	int read(boolean dialingCode, String text, int from) {
		return this.automaton.read(dialingCode ? this.afterDialingCode : Automaton.START, text, from);
	}

	/** What becomes of it. */
	Branch of(int state, int kind) {
		return this.branches[this.automaton.value(state) * this.kinds + kind];
	}

	/**
	 * What becomes of a number, at a time or always.
	 *
	 * @param way where it goes
	 * @param time the place of the time that must be, or {@link #ALWAYS}
	 * @param otherwise at other times
	 */
	record Branch(Way way, int time, @Nullable Branch otherwise) {

		static final int ALWAYS = -1;

		static final Branch NOWHERE = new Branch(Way.none(Reason.NO_ROUTE), ALWAYS, null);

	}

	/**
	 * Where a number goes.
	 *
	 * @param reason why it ends here, if nothing is against it
	 * @param inFull whether it must be told in full
	 * @param judgedAgain whether it is judged as it is sent
	 * @param prepend what is put in front
	 * @param taken how many digits are taken off
	 * @param prependAbroad what stands in front of a number that is sent with the dialing
	 * code
	 * @param takenAbroad how many digits are taken off behind the dialing code
	 */
	record Way(Reason reason, boolean inFull, boolean judgedAgain, String prepend, int taken, String prependAbroad,
			int takenAbroad) {

		static Way none(Reason reason) {
			return new Way(reason, false, false, "", 0, "", 0);
		}

	}

	/**
	 * For whom a rule is there.
	 *
	 * @param users of its route, empty for all
	 * @param caller pattern of their numbers, empty for any
	 */
	private record Condition(SortedSet<String> users, String caller) {

		boolean none() {
			return this.users.isEmpty() && this.caller.isEmpty();
		}

		boolean isMet(Snapshot snapshot, String endpoint) {
			return (this.users.isEmpty() || snapshot.names(this.users, endpoint))
					&& new DialRule("", "", "", this.caller).isFor(endpoint);
		}

	}

	/** A rule that may take a number. */
	private record Candidate(Condition condition, int time, Way way) {
	}

	/** A rule and where it stands: in which route, and among whose rules there. */
	private record Rule(int place, int group, DialPattern pattern, NumberSet numbers, Candidate candidate) {

		boolean isBeside(Rule other) {
			return this.place == other.place && this.group == other.group;
		}

	}

}
