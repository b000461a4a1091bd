package io.tollgate.policy;

import java.text.Collator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.NumberingPlan;
import org.springframework.stereotype.Component;

/**
 * All calling codes with their names in the reader's language, in the order of that
 * language. Looking up and sorting 242 names takes longer than drawing them, so the lists
 * of the languages in use are kept.
 */
@Component
class CountryDirectory {

	/** Languages come from a request header: anybody could ask for any number of them. */
	private static final int LANGUAGES = 8;

	private final Map<Locale, List<Listed>> lists = new LinkedHashMap<>(LANGUAGES, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Locale, List<Listed>> eldest) {
			return size() > LANGUAGES;
		}

	};

	List<Listed> all(Locale locale) {
		synchronized (this.lists) {
			return this.lists.computeIfAbsent(locale, CountryDirectory::list);
		}
	}

	private static List<Listed> list(Locale locale) {
		var collator = Collator.getInstance(locale);
		return CallingCodes.all()
			.stream()
			.map((entry) -> Listed.of(entry, locale))
			.sorted(Comparator.comparing(Listed::name, collator::compare))
			.toList();
	}

	/** The countries that a policy can be at home in, by name. */
	List<Place> homeCountries(Locale locale) {
		var collator = Collator.getInstance(locale);
		return NumberingPlan.homeCountries()
			.stream()
			.map((iso) -> Place.of(iso, locale))
			.sorted(Comparator.comparing(Place::name, collator::compare))
			.toList();
	}

	/**
	 * A calling code and the places behind it.
	 *
	 * @param name all its places: {@code United States, Canada}
	 * @param places one each; empty for a code of no country
	 */
	record Listed(CallingCodeEntry entry, String name, List<Place> places) {

		private static Listed of(CallingCodeEntry entry, Locale locale) {
			return new Listed(entry, CountryNames.of(entry, locale),
					entry.regions().stream().map((iso) -> Place.of(iso, locale)).toList());
		}

	}

	/**
	 * A country or region.
	 *
	 * @param iso ISO 3166 alpha-2
	 * @param flag its class in the flag sheet
	 */
	record Place(String iso, String flag, String name) {

		static Place of(String iso, Locale locale) {
			return new Place(iso, "flag flag-" + iso.toLowerCase(Locale.ROOT), CountryNames.name(iso, locale));
		}

	}

}
