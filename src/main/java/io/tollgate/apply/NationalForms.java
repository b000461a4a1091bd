package io.tollgate.apply;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tollgate.connector.NationalForm;
import io.tollgate.numbering.NumberingPlan;

/**
 * {@link NumberingPlan#inFull} as rows that a PBX can look up by the first one or two
 * digits.
 */
final class NationalForms {

	private NationalForms() {
	}

	static SortedSet<NationalForm> of(NumberingPlan plan) {
		var forms = new TreeSet<NationalForm>();
		if (plan.isNanp()) {
			forms.add(new NationalForm("1", false, 0, ""));
			digits(2).forEach((digit) -> forms.add(new NationalForm(String.valueOf(digit), true, 0, "1")));
			return forms;
		}
		var prefix = plan.nationalPrefix();
		if (!prefix.isEmpty()) {
			forms.add(new NationalForm(prefix, false, prefix.length(), plan.callingCode()));
		}
		digits(0).filter((digit) -> !prefix.equals(String.valueOf(digit)))
			.forEach((digit) -> forms
				.add(new NationalForm(String.valueOf(digit), !prefix.isEmpty(), 0, plan.callingCode())));
		return forms;
	}

	private static Stream<Integer> digits(int from) {
		return IntStream.range(from, 10).boxed();
	}

}
