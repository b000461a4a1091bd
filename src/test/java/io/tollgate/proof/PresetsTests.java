package io.tollgate.proof;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.PatternPresets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The ready-made blocks are blocks in every spelling. */
class PresetsTests {

	@ParameterizedTest
	@CsvSource({ "US,011", "CA,011", "JM,011", "MX,00", "GB,00", "JP,010" })
	void nothingThatTheyBlockLeavesInAnotherSpelling(String country, String dialingCode) {
		var home = NumberingPlan.of(country);
		var block = PatternPresets.of(home, dialingCode, true)
			.stream()
			.flatMap((preset) -> preset.rules().stream())
			.map(DialRule::match)
			.toList();
		var policy = new PolicyRules(1, "Policy", country, false, dialingCode,
				new TreeSet<>(List.of("+", "00", "011", dialingCode)), new TreeSet<>(), home.emergencyNumbers());
		var snapshot = Snapshot.of(policy, new BusinessHours(ZoneOffset.UTC, Map.of()),
				new TreeMap<>(Map.of("1001", CallRestrictions.DEFAULT)), List.of("carrier"),
				List.of(OutboundRoute.blocking("block", Block.rejected(), block),
						OutboundRoute.through("out", List.of("carrier"),
								List.of("1.", "0.", "+.", "NXXNXXXXXX!", "NXXXXXX", "[2-9]."))),
				NumberRestrictions.none());
		var report = LeakCheck.of(snapshot, Instant.parse("2026-11-24T10:00:00Z"));
		assertThat(report.leaks()).isEmpty();
		assertThat(report.result()).isEqualTo(Result.PROVED);
	}

}
