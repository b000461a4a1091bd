package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;

/**
 * Numbers of the +1 plan that look like any other and cost more: premium rate, and
 * territories that are abroad. Each in all the ways it can be dialled.
 *
 * @param name {@code 1900}, {@code 1XXX976}, {@code 1242}
 * @param premium whether it is premium rate, otherwise offshore
 * @param forms what can be dialled for it
 */
record CostlyNumbers(String name, boolean premium, List<Form> forms) {

	static List<CostlyNumbers> dialledFrom(NumberingPlan home) {
		SortedSet<String> codes = internationalCodes(home);
		var all = new ArrayList<CostlyNumbers>();
		all.add(of("1900", true, "900NXXXXXX", home, codes));
		all.add(of("1XXX976", true, "NXX976XXXX", home, codes));
		CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
			.map(CallingCodeEntry::code)
			.forEach((code) -> all.add(of(code, false, code.substring(1) + "NXXXXXX", home, codes)));
		return all;
	}

	/** What may stand before a country code there, 00 and 011 in any case. */
	static SortedSet<String> internationalCodes(NumberingPlan home) {
		return new TreeSet<>(List.of("00", "011", home.dialingCode()));
	}

	private static CostlyNumbers of(String name, boolean premium, String tenDigits, NumberingPlan home,
			SortedSet<String> codes) {
		var forms = new ArrayList<Form>();
		if (home.isNanp()) {
			forms.add(form("1" + tenDigits));
			forms.add(form(tenDigits));
			if (tenDigits.startsWith("NXX")) {
				forms.add(form(tenDigits.substring(3)));
			}
		}
		forms.add(form("+1" + tenDigits));
		codes.forEach((code) -> forms.add(form(code + "1" + tenDigits)));
		return new CostlyNumbers(name, premium, List.copyOf(forms));
	}

	private static Form form(String pattern) {
		if (DialPattern.parse(pattern) instanceof DialPattern.Ok(DialPattern parsed)) {
			return new Form(parsed.numbers(), parsed.numbers().orLonger());
		}
		throw new IllegalStateException(pattern);
	}

	/**
	 * One way to dial them.
	 *
	 * @param numbers of one length
	 * @param open and longer ones: many carriers do not count
	 */
	record Form(NumberSet numbers, NumberSet open) {

	}

}
