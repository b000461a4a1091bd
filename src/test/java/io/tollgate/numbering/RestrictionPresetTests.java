package io.tollgate.numbering;

import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the presets hold. */
class RestrictionPresetTests {

	@ParameterizedTest
	@EnumSource
	void holdsBeginningsOfNumbers(RestrictionPreset preset) {
		assertThat(preset.entries()).isNotEmpty().allMatch((entry) -> entry.matches("[1-9][0-9]{1,14}|1XXX[0-9]{3,7}"));
	}

	@Test
	void offshoreAndTerritoriesAreAllTerritoriesOfTheList() {
		var both = new TreeSet<>(RestrictionPreset.NANP_OFFSHORE.entries());
		both.addAll(RestrictionPreset.US_TERRITORIES.entries());
		assertThat(RestrictionPreset.US_TERRITORIES.entries()).containsExactly("1340", "1670", "1671", "1684", "1787",
				"1939");
		assertThat(RestrictionPreset.NANP_OFFSHORE.entries()).hasSize(21).contains("1658", "1876");
		assertThat(both).hasSize(27)
			.containsExactlyElementsOf(CallingCodes.all()
				.stream()
				.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
				.map(CallingCodeEntry::code)
				.toList());
	}

	@Test
	void satelliteCodesAreCodesOfNoCountry() {
		assertThat(RestrictionPreset.SATELLITE.entries()).containsExactly("870", "881", "882", "883", "979")
			.allSatisfy((code) -> assertThat(CallingCodes.find(code).orElseThrow().regions()).isEmpty());
	}

}
