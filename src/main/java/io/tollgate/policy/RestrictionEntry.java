package io.tollgate.policy;

import java.util.regex.Pattern;

import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.RestrictionChange.Emergency;
import io.tollgate.policy.RestrictionChange.NoNumber;
import io.tollgate.policy.RestrictionChange.OwnCountry;
import io.tollgate.policy.RestrictionChange.Refused;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What may be an entry of the number restrictions of a policy. */
final class RestrictionEntry {

	/**
	 * The beginning of a number in full, or a whole exchange of every area code of +1.
	 */
	private static final Pattern SYNTAX = Pattern.compile("[1-9][0-9]{0,14}|1XXX[2-9][0-9]{2}");

	private RestrictionEntry() {
	}

	static boolean isEntry(String entry) {
		return SYNTAX.matcher(entry).matches();
	}

	/** Why the policy cannot have that entry, {@code null} when it can. */
	static @Nullable Refused refused(String entry, PolicyRules rules) {
		if (!isEntry(entry)) {
			return new NoNumber(entry);
		}
		var plan = NumberingPlan.of(rules.homeCountry());
		if (plan.callingCode().startsWith(entry)
				|| plan.ownCodes().stream().anyMatch((code) -> code.startsWith(entry))) {
			return new OwnCountry(entry, CountryNames.name(rules.homeCountry(), Locale.ENGLISH));
		}
		for (String number : rules.emergencyNumbers()) {
			if ((plan.callingCode() + number).startsWith(entry)) {
				return new Emergency(entry, number);
			}
		}
		return null;
	}

}
