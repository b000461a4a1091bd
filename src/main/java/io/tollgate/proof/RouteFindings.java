package io.tollgate.proof;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.proof.RouteFinding.Kind;
import io.tollgate.proof.RouteRules.Rule;
import org.jspecify.annotations.Nullable;

/** What is odd about the routes of a snapshot, for all callers and moments together. */
final class RouteFindings {

	/** Beyond that nobody reads them, and they are not looked for. */
	private static final int MOST_RULES = 5000;

	private final Snapshot snapshot;

	private final Automata automata;

	private final RouteRules rules;

	private final List<Form> forms;

	/** Which conditions can be met, each set once. */
	private final Set<List<Boolean>> situations;

	private final List<RouteFinding> findings = new ArrayList<>();

	/** Rules that get nothing. */
	private final BitSet idle = new BitSet();

	private RouteFindings(Snapshot snapshot, Automata automata, RouteRules rules, List<Form> forms,
			Set<List<Boolean>> situations) {
		this.snapshot = snapshot;
		this.automata = automata;
		this.rules = rules;
		this.forms = forms;
		this.situations = situations;
	}

	/**
	 * Looks for them.
	 * @param forms in which numbers come to the routes
	 * @param situations which conditions of rules can be met together
	 */
	static List<RouteFinding> of(Snapshot snapshot, Automata automata, RouteRules rules, List<Form> forms,
			Set<List<Boolean>> situations) {
		var findings = new RouteFindings(snapshot, automata, rules, forms, situations);
		findings.emergency();
		try {
			findings.patterns();
		}
		catch (Budget.Exceeded ex) {
			// nothing is claimed by the others
			return findings.findings;
		}
		return findings.findings;
	}

	private void patterns() {
		if (this.rules.rules().size() <= MOST_RULES) {
			unreachable();
			overlaps();
		}
	}

	/** Needs no automata, so that it is said whatever the patterns cost. */
	private void emergency() {
		var numbers = Emergency.numbers(this.snapshot).keySet();
		for (var number : this.snapshot.policy().emergencyNumbers()) {
			if (!numbers.contains(number)) {
				this.findings.add(new RouteFinding(Kind.EMERGENCY_UNREACHABLE, "", "", "", number));
			}
		}
		for (var number : NumberingPlan.of(this.snapshot.policy().homeCountry()).emergencyNumbers()) {
			if (!numbers.contains(number) && !this.snapshot.policy().emergencyNumbers().contains(number)) {
				this.findings
					.add(firstFor(number, (rule) -> true)
						.map((rule) -> new RouteFinding(Kind.EMERGENCY_SWALLOWED, name(rule), rule.row().dialled(), "",
								number))
						.orElseGet(() -> new RouteFinding(Kind.EMERGENCY_UNLISTED, "", "", "", number)));
			}
		}
	}

	private Optional<Rule> firstFor(String number, IntPredicate conditions) {
		return this.rules.rules()
			.stream()
			.filter((rule) -> conditions.test(rule.condition()) && rule.pattern().matches(number))
			.findFirst();
	}

	private String name(Rule rule) {
		return this.rules.route(rule.route()).name();
	}

	private void unreachable() {
		var rules = this.rules.rules();
		int[] labelled = IntStream.range(0, rules.size())
			.map((i) -> this.automata.relabel(rules.get(i).taken(), (way) -> i + 1))
			.toArray();
		var asked = new BitSet();
		var reached = new BitSet();
		var written = new BitSet();
		for (var there : this.situations) {
			int all = this.automata.first(IntStream.range(0, rules.size())
				.filter((i) -> there.get(rules.get(i).condition()))
				.peek((i) -> asked.set(i + 1))
				.map((i) -> labelled[i])
				.toArray());
			reached.or(labels(all));
			this.forms.forEach((form) -> written.or(labels(form.asRouted(this.automata, all))));
		}
		for (int place = 0; place < this.snapshot.routes().size(); place++) {
			int route = place;
			var own = IntStream.range(0, rules.size())
				.filter((i) -> rules.get(i).route() == route && asked.get(i + 1))
				.boxed()
				.toList();
			var never = own.stream().filter((i) -> !reached.get(i + 1)).toList();
			never.forEach(this.idle::set);
			if (!never.isEmpty() && never.size() == own.size()) {
				this.findings.add(shadowed(Kind.UNREACHABLE_ROUTE, rules.get(never.getFirst())));
			}
			else {
				never.forEach((i) -> this.findings.add(shadowed(Kind.UNREACHABLE_PATTERN, rules.get(i))));
			}
			own.stream()
				.filter((i) -> reached.get(i + 1) && !written.get(i + 1))
				.forEach((i) -> this.findings.add(unwritten(rules.get(i))));
		}
	}

	/** All labels of an automaton. */
	private BitSet labels(int root) {
		var labels = new BitSet();
		var met = new BitSet();
		var open = new ArrayList<Integer>(List.of(root));
		met.set(root);
		while (!open.isEmpty()) {
			int state = open.removeLast();
			labels.set(this.automata.label(state));
			for (int symbol = 0; symbol < Automata.SYMBOLS.length(); symbol++) {
				int next = this.automata.next(state, symbol);
				if (!met.get(next)) {
					met.set(next);
					open.add(next);
				}
			}
		}
		return labels;
	}

	private RouteFinding shadowed(Kind kind, Rule rule) {
		var example = rule.pattern().example();
		var there = this.situations.stream().filter((each) -> each.get(rule.condition())).findFirst();
		var winner = there.flatMap((each) -> firstFor(example, each::get));
		return new RouteFinding(kind, name(rule), (kind == Kind.UNREACHABLE_ROUTE) ? "" : rule.row().dialled(),
				winner.map(this::name).orElse(""), example);
	}

	private RouteFinding unwritten(Rule rule) {
		return new RouteFinding(Kind.UNREACHABLE_FORM, name(rule), rule.row().dialled(), "", rule.pattern().example());
	}

	/** Neither an exception before a general rule, nor a rule that gets nothing. */
	private void overlaps() {
		var rules = this.rules.rules();
		var numbers = rules.stream().map((rule) -> rule.pattern().numbers()).toList();
		var told = new HashSet<List<Integer>>();
		for (int later = this.idle.nextClearBit(0); later < rules.size(); later = this.idle.nextClearBit(later + 1)) {
			for (int earlier = 0; earlier < later; earlier++) {
				if (numbers.get(earlier).overlaps(numbers.get(later))) {
					var example = partly(numbers.get(earlier), numbers.get(later));
					var pair = List.of(rules.get(earlier).route(), rules.get(later).route());
					if (example != null && !told.contains(pair) && differ(rules.get(earlier), rules.get(later))) {
						told.add(pair);
						this.findings.add(new RouteFinding(Kind.OVERLAP, name(rules.get(later)),
								rules.get(later).row().dialled(), name(rules.get(earlier)), example));
					}
				}
			}
		}
	}

	/** Whether it matters which of them takes a call, and both are there for someone. */
	private boolean differ(Rule earlier, Rule later) {
		var one = this.rules.route(earlier.route());
		var other = this.rules.route(later.route());
		return earlier.route() != later.route()
				&& !(one.blocks() == other.blocks() && one.trunks().equals(other.trunks())) && this.situations.stream()
					.anyMatch((there) -> there.get(earlier.condition()) && there.get(later.condition()));
	}

	private static @Nullable String partly(NumberSet earlier, NumberSet later) {
		return (earlier.covers(later) || later.covers(earlier)) ? null
				: earlier.meet(later).map(NumberSet::example).orElse(null);
	}

}
