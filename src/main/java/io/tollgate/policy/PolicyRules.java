package io.tollgate.policy;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;

/**
 * The rules of one dialing policy at one moment.
 *
 * @param id identity in the portal
 * @param name as people know it, 1-63 characters
 * @param homeCountry ISO 3166 alpha-2
 * @param protectionEnabled whether international calls go only to the allowed codes. Off:
 * every country may be dialled
 * @param dialingCode the International Dialing Code, digits, 1-6: {@code 00}, {@code 011}
 * @param internationalPrefixes everything that makes a dialled number international;
 * holds the dialing code, and {@code +} unless it was removed: {@code +}, {@code 00},
 * {@code 011}
 * @param allowedCodes calling codes that may be dialled, digits: {@code 54}, {@code 1},
 * {@code 1242}
 * @param emergencyNumbers numbers that always pass, digits; never empty
 */
public record PolicyRules(long id, String name, String homeCountry, boolean protectionEnabled, String dialingCode,
		SortedSet<String> internationalPrefixes, SortedSet<String> allowedCodes, SortedSet<String> emergencyNumbers) {

	public PolicyRules {
		if (!dialingCode.matches("[0-9]{1,6}")) {
			throw new IllegalArgumentException("dialing code: " + dialingCode);
		}
		if (emergencyNumbers.isEmpty()) {
			throw new IllegalArgumentException("a policy without emergency numbers");
		}
		var prefixes = new TreeSet<>(internationalPrefixes);
		prefixes.add(dialingCode);
		internationalPrefixes = Collections.unmodifiableSortedSet(prefixes);
		allowedCodes = Collections.unmodifiableSortedSet(new TreeSet<>(allowedCodes));
		emergencyNumbers = Collections.unmodifiableSortedSet(new TreeSet<>(emergencyNumbers));
	}

	PolicyRules withName(String newName) {
		return new PolicyRules(this.id, newName, this.homeCountry, this.protectionEnabled, this.dialingCode,
				this.internationalPrefixes, this.allowedCodes, this.emergencyNumbers);
	}

	PolicyRules withHomeCountry(String iso) {
		return new PolicyRules(this.id, this.name, iso, this.protectionEnabled, this.dialingCode,
				this.internationalPrefixes, this.allowedCodes, this.emergencyNumbers);
	}

	PolicyRules withProtection(boolean enabled) {
		return new PolicyRules(this.id, this.name, this.homeCountry, enabled, this.dialingCode,
				this.internationalPrefixes, this.allowedCodes, this.emergencyNumbers);
	}

	/** The code before stays an international prefix. */
	PolicyRules withDialingCode(String code) {
		return new PolicyRules(this.id, this.name, this.homeCountry, this.protectionEnabled, code,
				this.internationalPrefixes, this.allowedCodes, this.emergencyNumbers);
	}

	PolicyRules withPrefixes(Set<String> prefixes) {
		return new PolicyRules(this.id, this.name, this.homeCountry, this.protectionEnabled, this.dialingCode,
				new TreeSet<>(prefixes), this.allowedCodes, this.emergencyNumbers);
	}

	PolicyRules withAllowedCodes(Set<String> codes) {
		return new PolicyRules(this.id, this.name, this.homeCountry, this.protectionEnabled, this.dialingCode,
				this.internationalPrefixes, new TreeSet<>(codes), this.emergencyNumbers);
	}

	PolicyRules withEmergencyNumbers(Set<String> numbers) {
		return new PolicyRules(this.id, this.name, this.homeCountry, this.protectionEnabled, this.dialingCode,
				this.internationalPrefixes, this.allowedCodes, new TreeSet<>(numbers));
	}

	/**
	 * The same without any country but the home country, and of that only what could be
	 * dialled before. Countries that share its calling code cannot be told from it.
	 */
	public PolicyRules withoutInternational() {
		var own = CallingCodes.all()
			.stream()
			.filter((entry) -> entry.regions().contains(this.homeCountry))
			.map(CallingCodeEntry::code)
			.filter((code) -> !this.protectionEnabled || this.allowedCodes.contains(code))
			.collect(Collectors.toSet());
		return withProtection(true).withAllowedCodes(own);
	}

	/** The same rules under another identity. */
	PolicyRules as(long newId, String newName) {
		return new PolicyRules(newId, newName, this.homeCountry, this.protectionEnabled, this.dialingCode,
				this.internationalPrefixes, this.allowedCodes, this.emergencyNumbers);
	}

}
