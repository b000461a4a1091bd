package io.tollgate.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;

/**
 * Says in words how two states of a policy differ, for the trail. Always English: the
 * trail is one record for all its readers.
 *
 * @param before the state before, one line for each difference
 * @param after the state after, line by line the same things
 */
record PolicyWords(String before, String after) {

	static PolicyWords of(PolicyRules before, PolicyRules after) {
		var lines = new Lines();
		lines.add("Name", before.name(), after.name());
		lines.add("Home country", country(before.homeCountry()), country(after.homeCountry()));
		lines.add("Allowed Country/Region Code Dialing Protection", onOff(before), onOff(after));
		lines.add("International Dialing Code", before.dialingCode(), after.dialingCode());
		lines.add("International prefixes", String.join(", ", before.internationalPrefixes()),
				String.join(", ", after.internationalPrefixes()));
		lines.add("Emergency numbers", String.join(", ", before.emergencyNumbers()),
				String.join(", ", after.emergencyNumbers()));
		lines.addCodes(missing(after.allowedCodes(), before.allowedCodes()), "blocked", "allowed");
		lines.addCodes(missing(before.allowedCodes(), after.allowedCodes()), "allowed", "blocked");
		return lines.words();
	}

	/** All of a policy, for its first and last event. */
	static String all(PolicyRules rules) {
		return String.join("\n", "Home country: " + country(rules.homeCountry()),
				"Allowed Country/Region Code Dialing Protection: " + onOff(rules),
				"International Dialing Code: " + rules.dialingCode(),
				"International prefixes: " + String.join(", ", rules.internationalPrefixes()),
				"Emergency numbers: " + String.join(", ", rules.emergencyNumbers()),
				"Allowed: " + (rules.allowedCodes().isEmpty() ? "no country or region" : codes(rules.allowedCodes())));
	}

	private static String country(String iso) {
		return CountryNames.name(iso, Locale.ENGLISH);
	}

	private static String onOff(PolicyRules rules) {
		return rules.protectionEnabled() ? "on" : "off";
	}

	private static SortedSet<String> missing(Collection<String> all, Collection<String> there) {
		var missing = new TreeSet<>(all);
		missing.removeAll(there);
		return missing;
	}

	/** {@code Argentina (+54), United States, Canada (+1)}. */
	static String codes(SortedSet<String> codes) {
		return String.join(", ", codes.stream().map(PolicyWords::code).toList());
	}

	private static String code(String code) {
		return CallingCodes.find(code)
			.map((entry) -> CountryNames.of(entry, Locale.ENGLISH) + " (+" + code + ")")
			.orElse("+" + code);
	}

	private static final class Lines {

		private final List<String> before = new ArrayList<>();

		private final List<String> after = new ArrayList<>();

		void add(String what, String was, String is) {
			if (!was.equals(is)) {
				this.before.add(what + ": " + was);
				this.after.add(what + ": " + is);
			}
		}

		void addCodes(SortedSet<String> codes, String was, String is) {
			if (!codes.isEmpty()) {
				add(codes(codes), was, is);
			}
		}

		PolicyWords words() {
			return new PolicyWords(String.join("\n", this.before), String.join("\n", this.after));
		}

	}

}
