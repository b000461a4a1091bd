package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.numbering.NumberingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PatternPresetsTests {

	private static final NumberingPlan US = NumberingPlan.of("US");

	private static final NumberingPlan MX = NumberingPlan.of("MX");

	@Test
	void hasWhatTheWizardHas() {
		assertThat(patterns(US, "011", false, "local-7")).containsExactly("NXXXXXX");
		assertThat(patterns(US, "011", false, "toll-free")).contains("1800NXXXXXX", "1833NXXXXXX", "888NXXXXXX")
			.hasSize(14);
		assertThat(patterns(US, "011", false, "international")).containsExactly("011ZXXXX!");
		assertThat(patterns(US, "011", false, "emergency")).contains("911");
		assertThat(PatternPresets.of(MX, "00", false)).extracting(PatternPresets.Preset::code)
			.containsExactly("national", "international", "international-plus", "emergency");
		assertThat(patterns(MX, "00", false, "national")).contains("NXXXXXXXXX").doesNotContain("00ZXXXX!");
	}

	@Test
	void hasTheStates() {
		assertThat(PatternPresets.state("OR", false).orElseThrow().rules()).extracting(DialRule::match)
			.containsExactly("1458NXXXXXX", "1503NXXXXXX", "1541NXXXXXX", "1971NXXXXXX");
		assertThat(PatternPresets.state("OR", true).orElseThrow().rules()).hasSize(8);
		assertThat(PatternPresets.state("XX", true)).isEmpty();
	}

	/** Everything there is can be blocked, and then nothing of it gets through. */
	@ParameterizedTest
	@CsvSource({ "US,011", "MX,00", "JM,011", "JP,010" })
	void blocksLetNothingThrough(String country, String dialingCode) {
		var home = NumberingPlan.of(country);
		var rules = PatternPresets.of(home, dialingCode, true).stream().flatMap((preset) -> preset.rules().stream());
		var block = new OutboundRoute("b", RouteType.NORMAL, true, rules.toList(), List.of(), Block.rejected(),
				new TreeSet<>(), null, "", "");
		var wide = OutboundRoute.through("r", List.of("carrier"),
				List.of("1.", "0.", "+.", "NXXNXXXXXX!", "NXXXXXX", "[2-9]."));
		assertThat(RuleInsights.of(wide, List.of(), home)).anyMatch((insight) -> !insight.warnings().isEmpty());
		assertThat(RuleInsights.of(wide, List.of(block), home)).allMatch((insight) -> insight.warnings().isEmpty());
		assertThat(RuleInsights.of(block, List.of(), home))
			.allMatch((insight) -> insight.warnings().isEmpty() && !insight.shadowed());
		assertThat(RouteCheck.problems(block, new RouteCheck.Known(Set.of(), Set.of(), Set.of()))).isEmpty();
	}

	/** What begins like a block but is a local number of seven digits passes. */
	@Test
	void blocksLeaveLocalNumbersAlone() {
		var rules = PatternPresets.of(US, "011", true).stream().flatMap((preset) -> preset.rules().stream()).toList();
		for (var local : List.of("2425551", "9005551", "5559761", "8765551")) {
			assertThat(rules).noneMatch((rule) -> RuleInsightsTests.matches(rule.match(), local));
		}
		for (var costly : List.of("9765551", "2425551234", "24255512340", "19005551234", "1900", "+12425551234",
				"011190055512345", "15039765551", "5039765551", "00118765551234".replace("0011", "001"))) {
			assertThat(rules).as(costly).anyMatch((rule) -> RuleInsightsTests.matches(rule.match(), costly));
		}
	}

	@Test
	void everyPresetCanBeSaved() {
		var all = new ArrayList<PatternPresets.Preset>(PatternPresets.of(US, "011", false));
		all.addAll(PatternPresets.of(MX, "00", false));
		PatternPresets.states().forEach((state) -> all.add(PatternPresets.state(state.code(), true).orElseThrow()));
		for (var preset : all) {
			assertThat(PatternPresets.Preset.CODES).contains(preset.code());
			var route = new OutboundRoute("r", RouteType.NORMAL, true, preset.rules(), List.of("t"), null,
					new TreeSet<>(), null, "", "");
			assertThat(RouteCheck.problems(route, new RouteCheck.Known(Set.of("t"), Set.of(), Set.of()))).isEmpty();
		}
	}

	private static List<String> patterns(NumberingPlan home, String dialingCode, boolean blocks, String code) {
		return PatternPresets.of(home, dialingCode, blocks)
			.stream()
			.filter((preset) -> preset.code().equals(code))
			.flatMap((preset) -> preset.rules().stream())
			.map(DialRule::match)
			.toList();
	}

}
