package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;

/**
 * What countries and restrictions forbid, as automata: of numbers in full unless it says
 * otherwise. Labels are {@link Subjects}.
 */
final class Forbidden {

	/** Of an entry that is an exchange of the +1 plan: {@code 1XXX976}. */
	private static final String EXCHANGE = "1XXX";

	/** More digits than this behind an exchange, and it has an area code in front. */
	private static final int AFTER_EXCHANGE = 6;

	/** Says that somebody may, so that nothing less precise forbids it. */
	private static final int ALLOWED = Integer.MAX_VALUE;

	private final Automata automata;

	private final Subjects subjects;

	private final PolicyRules policy;

	private final NumberingPlan plan;

	private final SortedSet<String> entries;

	Forbidden(Automata automata, Subjects subjects, Snapshot snapshot) {
		this.automata = automata;
		this.subjects = subjects;
		this.policy = snapshot.policy();
		this.plan = NumberingPlan.of(this.policy.homeCountry());
		this.entries = snapshot.restrictions().entries();
	}

	/**
	 * What the policy refuses, of texts as dialled or sent.
	 * @param forms as the policy reads them
	 */
	int judged(List<Form> forms, Rights rights) {
		int restricted = restrictions(rights.exempt());
		int countries = this.policy.protectionEnabled() ? countries(rights, false) : this.automata.nothing;
		var parts = new ArrayList<Integer>();
		forms.forEach((form) -> parts.add(form.inFull(this.automata, restricted)));
		// whatever the number is, its first digits may be an exchange
		parts.add(exchanges(rights.exempt()));
		int entry = forbidden(first(parts));
		parts.clear();
		parts.add(entry);
		forms.stream().filter(Form::abroad).forEach((form) -> parts.add(form.inFull(this.automata, countries)));
		return first(parts);
	}

	/** What may not leave, as far as countries and restrictions go. */
	int carried(Rights rights) {
		int restricted = forbidden(restrictions(rights.exempt()));
		return this.policy.protectionEnabled() ? this.automata.first(restricted, countries(rights, true)) : restricted;
	}

	/** The same of numbers that have no full form, of texts as they are sent. */
	int carriedAsItIs(Rights rights) {
		return forbidden(exchanges(rights.exempt()));
	}

	private int first(List<Integer> parts) {
		return this.automata.first(parts.stream().mapToInt(Integer::intValue).toArray());
	}

	private int forbidden(int automaton) {
		return this.automata.relabel(automaton, (label) -> (label == ALLOWED) ? 0 : label);
	}

	private int restrictions(Set<String> exempt) {
		var longest = this.entries.stream()
			.filter((entry) -> entry.matches("[0-9]+"))
			.sorted(Comparator.comparingInt(String::length).reversed())
			.mapToInt((entry) -> this.automata.of(NumberSet.of(entry).orLonger(), label(entry, exempt)));
		var exchanges = this.entries.stream()
			.filter((entry) -> entry.matches(EXCHANGE + "[0-9]{3}"))
			.mapToInt((entry) -> this.automata.of(pattern(entry + "!"), label(entry, exempt)));
		return this.automata.first(java.util.stream.IntStream.concat(longest, exchanges).toArray());
	}

	private int label(String entry, Set<String> exempt) {
		return exempt.contains(entry) ? ALLOWED : this.subjects.label(Leak.Kind.RESTRICTED, entry);
	}

	private static NumberSet pattern(String text) {
		if (DialPattern.parse(text) instanceof DialPattern.Ok ok) {
			return ok.pattern().numbers();
		}
		throw new IllegalArgumentException(text);
	}

	/** Seven digits without area code, and what is a little shorter or longer. */
	private int exchanges(Set<String> exempt) {
		if (!this.plan.isNanp()) {
			return this.automata.nothing;
		}
		return this.automata.first(this.entries.stream()
			.filter((entry) -> entry.matches(EXCHANGE + "[0-9]{3}"))
			.mapToInt((entry) -> this.automata.after(entry.substring(EXCHANGE.length()),
					upTo(AFTER_EXCHANGE, label(entry, exempt))))
			.toArray());
	}

	private int upTo(int symbols, int label) {
		int at = this.automata.end(label);
		var followers = new int[Automata.SYMBOLS.length()];
		for (int i = 0; i < symbols; i++) {
			Arrays.fill(followers, at);
			at = this.automata.state(label, followers);
		}
		return at;
	}

	/**
	 * Countries that may not be called.
	 * @param carrier for what leaves: a call home is none abroad, and a prefix by itself
	 * is no number
	 */
	private int countries(Rights rights, boolean carrier) {
		var longest = CallingCodes.all()
			.stream()
			.sorted(Comparator.comparingInt((CallingCodeEntry entry) -> entry.code().length()).reversed())
			.mapToInt(
					(entry) -> this.automata.of(NumberSet.of(entry.code()).orLonger(), label(entry, rights, carrier)));
		int unknown = this.automata.sink(this.subjects.label(Leak.Kind.COUNTRY, ""));
		int all = forbidden(this.automata
			.first(java.util.stream.IntStream.concat(longest, java.util.stream.IntStream.of(unknown)).toArray()));
		return carrier ? this.automata.atLeast(all, 1) : all;
	}

	private int label(CallingCodeEntry entry, Rights rights, boolean carrier) {
		boolean allowed = rights.abroad() && this.policy.allowedCodes().contains(entry.code());
		return (allowed || (carrier && isHome(entry))) ? ALLOWED : this.subjects.label(Leak.Kind.COUNTRY, entry.code());
	}

	private boolean isHome(CallingCodeEntry entry) {
		return this.plan.isNanp() ? entry.code().startsWith("1") && !Forms.isForeignTerritory(this.policy, entry)
				: this.plan.ownCodes().contains(entry.code());
	}

	/** How many calling codes may not be called by those who may call abroad. */
	int blockedCountries() {
		return this.policy.protectionEnabled() ? (int) CallingCodes.all()
			.stream()
			.filter((entry) -> !this.policy.allowedCodes().contains(entry.code()))
			.count() : 0;
	}

	/**
	 * What makes callers differ here.
	 *
	 * @param abroad whether they may call abroad at all
	 * @param exempt restricted entries that they may dial
	 */
	record Rights(boolean abroad, Set<String> exempt) {

		Rights {
			exempt = Set.copyOf(exempt);
		}

	}

}
