package io.tollgate.policy;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;

/** Countries and regions as scripts name them and are told of them. */
public final class Countries {

	private Countries() {
	}

	/**
	 * The calling codes of a country, none when there is no such country.
	 * @param named ISO 3166 alpha-2, {@code AR}, or a calling code, {@code +54}
	 */
	public static SortedSet<String> codes(String named) {
		var plain = named.replace(" ", "");
		if (plain.startsWith("+")) {
			return CallingCodes.find(plain.substring(1))
				.map((entry) -> new TreeSet<>(List.of(entry.code())))
				.orElseGet(TreeSet::new);
		}
		var iso = plain.toUpperCase(Locale.ROOT);
		return CallingCodes.all()
			.stream()
			.filter((entry) -> entry.regions().contains(iso))
			.map(CallingCodeEntry::code)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** What is allowed of these. */
	static Listing listing(List<CallingCodeEntry> entries, PolicyRules rules) {
		return new Listing(rules.protectionEnabled(),
				entries.stream().map((entry) -> Item.of(entry, rules.allowedCodes().contains(entry.code()))).toList());
	}

	/**
	 * Some calling codes.
	 *
	 * @param protection whether it matters at all what is allowed: without, everything is
	 */
	record Listing(boolean protection, List<Item> items) {
	}

	/**
	 * One calling code, whose countries are allowed together.
	 *
	 * @param callingCode {@code +54}, {@code +1242}
	 * @param name of all of them
	 * @param countries none for a code of no country
	 */
	record Item(String callingCode, String name, List<Country> countries, String region, boolean allowed) {

		static Item of(CallingCodeEntry entry, boolean allowed) {
			return new Item("+" + entry.code(), CountryNames.of(entry, Locale.ENGLISH),
					entry.regions()
						.stream()
						.map((iso) -> new Country(iso, CountryNames.name(iso, Locale.ENGLISH)))
						.toList(),
					CountryFilter.word(entry.region()), allowed);
		}

	}

	/** A country or region. */
	record Country(String iso, String name) {
	}

}
