package io.tollgate.numbering;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CountrySearchTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Argentina|54", "argent|54", "+54|54", "0054|54", "00 54|54", "011 54|54",
			"0|54", "AR|54", "ar|54", "cote d'ivoire|225", "Côte|225", "sao tome|239", "guinea eq|240", "+1 (242)|1242",
			"1 242|1242", "1242|1242", "jamaica 1658|1658", "uk|44", "usa|1", "541938384|54", "+54 9 11 3838|54",
			"åland|358", "faroe|298", "reunion|262", "CURACAO|599", "kosovo|383", "inmarsat|870", "turkey|90" })
	void finds(String query, String code) {
		assertThat(found(query, Locale.ENGLISH)).contains(code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Argentina|1", "cote d'ivoire|1", "1242|1", "541938384|1", "jamaica|2",
			"98765|1", "999|0", "xyzzy|0", "argentina brazil|0" })
	void findsNoMore(String query, int count) {
		assertThat(found(query, Locale.ENGLISH)).hasSize(count);
	}

	@Test
	void twoLettersAreAnIsoCodeOrABeginning() {
		assertThat(found("us", Locale.ENGLISH)).contains("1").doesNotContain("7", "61");
	}

	@Test
	void emptyFindsAll() {
		assertThat(found("  ", Locale.ENGLISH)).hasSize(242);
		assertThat(found("+", Locale.ENGLISH)).hasSize(242);
	}

	@Test
	void findsInTheReadersLanguageAndInEnglish() {
		assertThat(found("alemania", Locale.of("es"))).containsExactly("49");
		assertThat(found("germany", Locale.of("es"))).containsExactly("49");
		assertThat(found("ドイツ", Locale.JAPANESE)).containsExactly("49");
	}

	@Test
	void everyCodeHasAName() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.of("es", "MX"), Locale.of("zz"), Locale.ROOT)) {
			assertThat(CallingCodes.all()).allSatisfy((entry) -> {
				assertThat(CountryNames.of(entry, locale)).isNotBlank();
				assertThat(entry.regions()).noneMatch((iso) -> CountryNames.name(iso, Locale.ENGLISH).equals(iso));
			});
		}
		assertThat(List.of("AQ", "BV", "GS", "HM", "PN", "TF", "UM", "AC", "TA", "XK"))
			.noneMatch((iso) -> CountryNames.name(iso, Locale.ENGLISH).equals(iso));
		assertThat(CallingCodes.find("1")).map((entry) -> CountryNames.of(entry, Locale.ENGLISH))
			.hasValue("United States, Canada");
		assertThat(CountryNames.name("DE", Locale.of("es"))).isEqualTo("Alemania");
	}

	private static List<String> found(String query, Locale locale) {
		return CallingCodes.all()
			.stream()
			.filter((entry) -> CountrySearch.matches(entry, query, locale))
			.map(CallingCodeEntry::code)
			.toList();
	}

}
