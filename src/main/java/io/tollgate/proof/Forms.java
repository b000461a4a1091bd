package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which numbers are written, as somebody reads them who knows some
 * international prefixes: the policy, or the carrier.
 */
final class Forms {

	/** A longer prefix is one even when a +1 territory begins alike, as 1876 does. */
	private static final int TERRITORY_LENGTH = 4;

	/** From so many digits on a number without national prefix is a whole one. */
	private static final int WHOLE = 10;

	private final Automata automata;

	private final PolicyRules policy;

	private final NumberingPlan plan;

	private final List<Form> forms = new ArrayList<>();

	/** What has a form already. */
	private int taken;

	private Forms(Automata automata, PolicyRules policy) {
		this.automata = automata;
		this.policy = policy;
		this.plan = NumberingPlan.of(policy.homeCountry());
		this.taken = automata.nothing;
	}

	/** As the policy reads what is dialled; agrees with the decision function. */
	static List<Form> ofPolicy(Automata automata, PolicyRules policy) {
		return new Forms(automata, policy).policy();
	}

	/** As a carrier of the home country reads what it is sent. */
	static List<Form> ofCarrier(Automata automata, PolicyRules policy) {
		return new Forms(automata, policy).carrier();
	}

	/** What a carrier of the policy's home country takes for an international prefix. */
	static List<String> carrierPrefixes(PolicyRules policy) {
		var plan = NumberingPlan.of(policy.homeCountry());
		var prefixes = new TreeSet<>(List.of("+", "00", plan.dialingCode(), policy.dialingCode()));
		if (plan.isNanp()) {
			prefixes.add("011");
		}
		return longestFirst(prefixes);
	}

	private static List<String> longestFirst(Collection<String> prefixes) {
		return prefixes.stream()
			.filter((prefix) -> prefix.matches("\\+|\\+?[0-9]+"))
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
	}

	private List<Form> policy() {
		var prefixes = longestFirst(this.policy.internationalPrefixes());
		prefixes.stream().filter((prefix) -> prefix.length() >= TERRITORY_LENGTH).forEach(this::prefix);
		int territories = this.plan.isNanp() ? foreignTerritories() : this.automata.nothing;
		take(territories, "", "", "", true);
		prefixes.stream().filter((prefix) -> prefix.length() < TERRITORY_LENGTH).forEach(this::prefix);
		take(this.automata.atLeast(this.automata.walk(territories, "1"), WHOLE), "", "1", "", true);
		take(beginningWith("+"), "", null, "", false);
		national();
		return this.forms;
	}

	private List<Form> carrier() {
		carrierPrefixes(this.policy).forEach((prefix) -> take(beginningWith(prefix), prefix, "", "", true));
		national();
		return this.forms;
	}

	/** Behind any prefix, a number of the +1 plan is sent on without one. */
	private void prefix(String prefix) {
		if (this.plan.isNanp()) {
			take(beginningWith(prefix + "1"), prefix, "", "", true);
		}
		take(beginningWith(prefix), prefix, "", this.policy.dialingCode(), true);
	}

	/** Follows {@link NumberingPlan#inFull}. */
	private void national() {
		int all = this.automata.sink(1);
		int whole = this.automata.atLeast(all, WHOLE);
		String home = this.plan.callingCode();
		String prefix = this.plan.nationalPrefix();
		if (this.plan.isNanp()) {
			take(beginningWith("1"), "", "", "", false);
			take(this.automata.except(beginningWith("0"), whole), "", home, "", false);
		}
		else {
			if (!prefix.isEmpty()) {
				take(beginningWith(prefix), prefix, home, prefix, false);
			}
			take(prefix.isEmpty() ? all : whole, "", home, "", false);
		}
		take(all, "", null, "", false);
	}

	private int beginningWith(String beginning) {
		return this.automata.after(beginning, this.automata.sink(1));
	}

	/** Those of the +1 territories that are not at home. */
	private int foreignTerritories() {
		var codes = CallingCodes.all()
			.stream()
			.sorted(Comparator.comparingInt((CallingCodeEntry entry) -> entry.code().length()).reversed())
			.mapToInt((entry) -> this.automata.of(NumberSet.of(entry.code()).orLonger(),
					isForeignTerritory(this.policy, entry) ? 1 : 2))
			.toArray();
		return this.automata.relabel(this.automata.first(codes), (label) -> (label == 1) ? 1 : 0);
	}

	static boolean isForeignTerritory(PolicyRules policy, CallingCodeEntry entry) {
		return entry.kind() == CallingCodeEntry.Kind.TERRITORY && !entry.regions().contains(policy.homeCountry());
	}

	private void take(int texts, String drop, @Nullable String full, String routed, boolean abroad) {
		int own = this.automata.except(this.taken, texts);
		if (own != this.automata.nothing) {
			this.forms.add(new Form(own, drop, full, routed, abroad));
			this.taken = this.automata.first(this.taken, texts);
		}
	}

}
