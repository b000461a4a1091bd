package io.tollgate.numbering;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NumberingPlanTests {

	private final NumberingPlanCompiler compiler = new NumberingPlanCompiler();

	@Test
	void isWhatTheLibrarySays() {
		List<String> table = new ArrayList<>();
		Tables.rows("numbering-plans.tsv").forEach((row) -> table.add(String.join("\t", row)));
		assertThat(table).as("run NumberingPlanCompiler and review the difference")
			.containsExactlyElementsOf(this.compiler.rows());
	}

	/** Brazil's carriers are left out: see the compiler. */
	@Test
	void reviewedDialingCodesAreAmongThePossibleOnes() {
		NumberingPlanCompiler.REVIEWED_DIALING_CODES.forEach((iso, code) -> {
			String possible = this.compiler.metadata(iso).getInternationalPrefix();
			assertThat(iso.equals("BR") || code.matches(possible)).as(iso + " " + code + " " + possible).isTrue();
		});
	}

	@ParameterizedTest
	@CsvSource({ "MX,52,00,911", "US,1,011,911", "CA,1,011,911", "AU,61,0011,000", "JP,81,010,110", "BR,55,00,190",
			"RU,7,810,112", "GB,44,00,999", "DE,49,00,112", "AR,54,00,911", "JM,1,011,119" })
	void knowsHowACountryDials(String iso, String callingCode, String dialingCode, String emergencyNumber) {
		NumberingPlan plan = NumberingPlan.of(iso);
		assertThat(plan.callingCode()).isEqualTo(callingCode);
		assertThat(plan.dialingCode()).isEqualTo(dialingCode);
		assertThat(plan.emergencyNumbers()).contains(emergencyNumber);
	}

	@Test
	void everyCountryHasEmergencyNumbersAndClosedPatterns() {
		assertThat(NumberingPlan.homeCountries()).hasSize(245).allSatisfy((iso) -> {
			NumberingPlan plan = NumberingPlan.of(iso);
			assertThat(plan.emergencyNumbers()).isNotEmpty().allMatch((number) -> number.matches("[0-9]{2,6}"));
			assertThat(plan.emergencyNumbers()).hasSizeLessThanOrEqualTo(12);
			assertThat(plan.dialingCode()).matches("[0-9]{1,4}");
			assertThat(plan.ownCodes()).isNotEmpty();
			assertThat(plan.defaultPatterns()).hasSizeGreaterThan(1)
				.map(DialPatternTests::ok)
				.noneMatch(DialPattern::catchesAll);
		});
	}

	@ParameterizedTest
	@CsvSource({ "MX,541938384,true", "MX,5512345678,true", "MX,00541938384,true", "MX,54193,false",
			"US,2125551234,true", "US,12125551234,true", "US,011541938384,true", "US,10102880115412345,false",
			"DE,03012345678,true", "DE,3012345678,false", "FR,0123456789,true", "FR,01234567891,false",
			"IT,0612345678,true", "IT,3331234567,true", "RU,84951234567,true", "RU,810541938384,true" })
	void routesWhatIsDialledThere(String iso, String dialled, boolean routed) {
		assertThat(NumberingPlan.of(iso)
			.defaultPatterns()
			.stream()
			.map(DialPatternTests::ok)
			.anyMatch((pattern) -> pattern.matches(dialled))).isEqualTo(routed);
	}

	@Test
	void internationalNumbersLeaveWithADialingCodeOfOnesOwn() {
		assertThat(NumberingPlan.homeCountries()).map(NumberingPlan::of).allSatisfy((plan) -> {
			assertThat(plan.defaultPatterns(plan.dialingCode())).isEqualTo(plan.defaultPatterns());
			assertThat(plan.defaultPatterns("98")).contains("98ZXXXX!")
				.doesNotContain(plan.dialingCode() + "ZXXXX!")
				.doesNotHaveDuplicates()
				.hasSameSizeAs(plan.defaultPatterns());
		});
	}

	@Test
	void aTerritoryOwnsItsCodes() {
		assertThat(NumberingPlan.of("JM").isNanp()).isTrue();
		assertThat(NumberingPlan.of("JM").ownCodes()).containsExactly("1658", "1876");
		assertThat(NumberingPlan.of("CA").ownCodes()).containsExactly("1");
		assertThat(NumberingPlan.of("MX").ownCodes()).containsExactly("52");
		assertThat(NumberingPlan.of("MX").isNanp()).isFalse();
	}

	@Test
	void refusesPlacesWithoutAPlan() {
		assertThatIllegalArgumentException().isThrownBy(() -> NumberingPlan.of("AQ")).withMessageContaining("AQ");
	}

}
