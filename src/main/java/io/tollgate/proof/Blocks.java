package io.tollgate.proof;

import java.util.ArrayList;
import java.util.List;

import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;

/**
 * What routes that block mean: not only the texts that they take, but the numbers, in
 * whatever spelling. What a route above takes on purpose is left out.
 */
final class Blocks {

	/** Digits of a whole number of the +1 plan, with the 1. */
	private static final int NANP_LENGTH = 11;

	/** No whole number is shorter. */
	private static final int SHORTEST = 8;

	private final Automata automata;

	private final Subjects subjects;

	private final RouteRules rules;

	private final List<Form> seen;

	private final List<Form> all;

	private final boolean nanp;

	/**
	 * @param seen as the policy reads what the routes see
	 * @param all as it reads what they send
	 */
	Blocks(Automata automata, Subjects subjects, RouteRules rules, List<Form> seen, List<Form> all,
			PolicyRules policy) {
		this.automata = automata;
		this.subjects = subjects;
		this.rules = rules;
		this.seen = seen;
		this.all = all;
		this.nanp = NumberingPlan.of(policy.homeCountry()).isNanp();
	}

	/**
	 * What they mean, labelled with {@link Subjects}.
	 * @param there which conditions of rules are met
	 */
	Meant meant(List<Boolean> there) {
		var numbers = new ArrayList<Integer>();
		var texts = new ArrayList<Integer>();
		var live = new ArrayList<RouteRules.Rule>();
		var block = new ArrayList<RouteRules.Rule>();
		for (var rule : this.rules.rules()) {
			if (!there.get(rule.condition())) {
				continue;
			}
			if (!block.isEmpty() && block.getLast().route() != rule.route()) {
				add(block, live, numbers, texts);
				block.clear();
			}
			var route = this.rules.route(rule.route());
			if (route.blocks()) {
				block.add(rule);
			}
			else if (this.rules.isLive(route)) {
				live.add(rule);
			}
		}
		if (!block.isEmpty()) {
			add(block, live, numbers, texts);
		}
		return new Meant(first(numbers), first(texts));
	}

	private void add(List<RouteRules.Rule> block, List<RouteRules.Rule> live, List<Integer> numbers,
			List<Integer> texts) {
		int label = this.subjects.label(Leak.Kind.BLOCKED, this.rules.route(block.getFirst().route()).name());
		var blocked = block.stream().map((rule) -> rule.pattern().numbers()).toList();
		int taken = taken(block, label);
		var purposely = live.stream().filter((rule) -> isOnPurpose(rule, blocked)).toList();
		int exceptions = taken(purposely, 1);
		int sent = sent(purposely);
		numbers.add(this.automata.except(inFull(exceptions, this.seen),
				this.automata.except(inFull(sent, this.all), whole(inFull(taken, this.seen)))));
		texts.add(this.automata.except(asItIs(exceptions, this.seen),
				this.automata.except(asItIs(sent, this.all), asItIs(taken, this.seen))));
	}

	/** What rules send that change numbers. */
	private int sent(List<RouteRules.Rule> rules) {
		return this.automata.first(rules.stream()
			.filter((rule) -> !rule.row().prefix().isEmpty() || !rule.row().prepend().isEmpty())
			.map((rule) -> rule.pattern()
				.numbers()
				.rewrite(rule.row().prefix().length(), NumberSet.of(rule.row().prepend())))
			.distinct()
			.mapToInt((numbers) -> this.automata.of(numbers, 1))
			.toArray());
	}

	private int taken(List<RouteRules.Rule> rules, int label) {
		int all = this.automata.first(rules.stream().mapToInt(RouteRules.Rule::taken).toArray());
		return this.automata.relabel(all, (way) -> label);
	}

	/** For some only, or closer than what is blocked. */
	private boolean isOnPurpose(RouteRules.Rule rule, List<NumberSet> blocked) {
		if (!this.rules.conditions().get(rule.condition()).none()) {
			return true;
		}
		var taken = rule.pattern().numbers();
		return blocked.stream().anyMatch((numbers) -> numbers.covers(taken));
	}

	/** The numbers that those texts mean; a prefix by itself is none. */
	private int inFull(int texts, List<Form> forms) {
		var numbers = new ArrayList<Integer>();
		for (var form : forms) {
			if (form.full() != null) {
				int rest = this.automata.walk(this.automata.where(form.texts(), texts), form.drop());
				numbers.add(this.automata.atLeast(this.automata.after(form.full(), rest), 1));
			}
		}
		return first(numbers);
	}

	/** Those texts that mean no number in full. */
	private int asItIs(int texts, List<Form> forms) {
		return first(forms.stream()
			.filter((form) -> form.full() == null)
			.map((form) -> this.automata.where(form.texts(), texts))
			.toList());
	}

	/** To a whole number digits can be added without changing who is called. */
	private int whole(int numbers) {
		int others = this.automata.lasting(numbers, SHORTEST);
		if (!this.nanp) {
			return others;
		}
		int home = this.automata.after("1", this.automata.lasting(this.automata.walk(numbers, "1"), NANP_LENGTH - 1));
		int one = this.automata.after("1", this.automata.sink(1));
		return this.automata.first(home, this.automata.except(one, others));
	}

	private int first(List<Integer> parts) {
		return this.automata.first(parts.stream().mapToInt(Integer::intValue).toArray());
	}

	/**
	 * What is blocked.
	 *
	 * @param numbers in full
	 * @param texts what has no full form, as it is dialled
	 */
	record Meant(int numbers, int texts) {
	}

}
