package io.tollgate.numbering;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * Names of countries and codes in the reader's language: the JDK's, and our own for what
 * it does not know.
 */
public final class CountryNames {

	private static final String BUNDLE = "messages.numbering";

	/** People look for a country by the name that they know, whatever a page calls it. */
	static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("es"));

	/**
	 * English stands in for a language without own names, never the server's language.
	 */
	private static final ResourceBundle.Control CONTROL = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private CountryNames() {
	}

	/**
	 * The name of a country.
	 * @param iso ISO 3166 alpha-2, or AC, TA, XK
	 */
	public static String name(String iso, Locale locale) {
		String name = Locale.of("", iso).getDisplayCountry(locale);
		return name.equals(iso) ? own(locale).getString("numbering.country." + iso) : name;
	}

	/** The names of an entry's places: {@code United States, Canada}. */
	public static String of(CallingCodeEntry entry, Locale locale) {
		if (entry.regions().isEmpty()) {
			return own(locale).getString("numbering.code." + entry.code());
		}
		return names(entry, locale).stream().collect(Collectors.joining(", "));
	}

	static List<String> names(CallingCodeEntry entry, Locale locale) {
		return entry.regions().stream().map((iso) -> name(iso, locale)).toList();
	}

	/**
	 * Other names that people look for: {@code UK}, {@code Holland}; in lower case,
	 * divided by commas.
	 */
	static String aliases(CallingCodeEntry entry) {
		return LANGUAGES.stream()
			.map(CountryNames::own)
			.flatMap((own) -> entry.regions()
				.stream()
				.map((iso) -> "numbering.alias." + iso)
				.filter(own::containsKey)
				.map(own::getString))
			.collect(Collectors.joining(" "));
	}

	private static ResourceBundle own(Locale locale) throws MissingResourceException {
		return ResourceBundle.getBundle(BUNDLE, locale, CONTROL);
	}

}
