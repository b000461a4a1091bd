package io.tollgate.decision;

import java.util.Optional;
import java.util.Set;

import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.Exemption;
import org.jspecify.annotations.Nullable;

/** Numbers that nobody may dial, in whatever spelling. */
final class Restriction {

	/** Of an entry that is an exchange of the +1 plan: {@code 1XXX976}. */
	private static final String EXCHANGE = "1XXX";

	private static final int LONGEST = 15;

	private Restriction() {
	}

	/**
	 * The entry that a number falls under: the longest beginning, else its exchange.
	 * @param number as dialled or sent
	 * @param abroad the number in full when it is international
	 */
	static Optional<String> of(Snapshot snapshot, String number, @Nullable String abroad) {
		var plan = NumberingPlan.of(snapshot.policy().homeCountry());
		var entries = snapshot.restrictions().entries();
		if (entries.isEmpty()) {
			return Optional.empty();
		}
		var full = inFull(snapshot, number, abroad);
		for (int length = Math.min(LONGEST, full.length()); length > 0; length--) {
			if (entries.contains(full.substring(0, length))) {
				return Optional.of(full.substring(0, length));
			}
		}
		if (full.startsWith("1") && full.length() >= 7 && entries.contains(EXCHANGE + full.substring(4, 7))) {
			return Optional.of(EXCHANGE + full.substring(4, 7));
		}
		// seven digits, without area code
		boolean local = plan.isNanp() && number.length() >= 3 && number.length() < 10;
		return (local && entries.contains(EXCHANGE + number.substring(0, 3)))
				? Optional.of(EXCHANGE + number.substring(0, 3)) : Optional.empty();
	}

	/**
	 * A number with its calling code, digits; empty when it is too short to tell.
	 * @param number as dialled or sent
	 * @param abroad the same when it is international
	 */
	static String inFull(Snapshot snapshot, String number, @Nullable String abroad) {
		if (abroad != null) {
			return abroad;
		}
		var plan = NumberingPlan.of(snapshot.policy().homeCountry());
		return number.startsWith("+") ? "" : plan.inFull(number).orElse("");
	}

	/** Whether the caller may, at that moment. */
	static boolean exempt(Snapshot snapshot, Call call, String entry) {
		return snapshot.restrictions()
			.exemptions()
			.stream()
			.filter((exemption) -> exemption.entry().equals(entry)
					&& snapshot.names(Set.of(exemption.endpoint()), call.endpoint()))
			.map(Exemption::until)
			.anyMatch((until) -> until == null || call.at().isBefore(until));
	}

}
