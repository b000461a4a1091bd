package io.tollgate.proof;

import java.util.Set;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.route.Trunk;

/** How the carriers of a PBX read what they are sent, whatever the policy thinks. */
final class CarrierReference {

	private final NumberingPlan plan;

	private final Set<String> prefixes;

	CarrierReference(Snapshot snapshot) {
		this.plan = NumberingPlan.of(snapshot.policy().homeCountry());
		this.prefixes = new TreeSet<>(Set.of("+", "00"));
		this.prefixes.add(this.plan.dialingCode());
		this.prefixes.add(snapshot.policy().dialingCode());
		if (this.plan.isNanp()) {
			this.prefixes.add("011");
		}
	}

	/** What a carrier takes the number for that its trunk sends, access code and all. */
	Reading read(Trunk trunk, String sent) {
		String number = sent.substring(trunk.accessCode().length()).replace("-", "");
		if (trunk.reading() == Trunk.Reading.E164) {
			return abroad(number, number.startsWith("+") ? 1 : 0);
		}
		var prefix = PolicyReference.longest(this.prefixes, number);
		if (!prefix.isEmpty()) {
			return abroad(number, prefix.length());
		}
		return this.plan.inFull(number).map((full) -> new Reading(full, true)).orElse(asItStands(number));
	}

	/** A prefix alone is no number. */
	private static Reading abroad(String number, int prefix) {
		String rest = number.substring(prefix);
		return new Reading(rest, !rest.isEmpty());
	}

	private static Reading asItStands(String number) {
		return new Reading(number, false);
	}

	static boolean isDigits(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) < '0' || text.charAt(i) > '9') {
				return false;
			}
		}
		return !text.isEmpty();
	}

	/**
	 * @param number E.164 digits, or the number as it stands; empty for none
	 * @param full whether it is E.164
	 */
	record Reading(String number, boolean full) {
	}

}
