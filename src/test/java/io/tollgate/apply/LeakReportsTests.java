package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakCheck;
import io.tollgate.proof.LeakReport;
import io.tollgate.route.OutboundRoute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

class LeakReportsTests {

	private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

	private final Snapshots snapshots = Mockito.mock(Snapshots.class);

	private final LeakReports reports = new LeakReports(this.snapshots);

	LeakReportsTests() {
		BDDMockito.given(this.snapshots.write(Mockito.any())).willAnswer((call) -> call.getArgument(0).toString());
	}

	@Test
	void equalRulesAreCheckedOnceAndOthersByThemselves() {
		var first = this.reports.of(rules("1001", "9", null), NOW);
		assertThat(this.reports.of(rules("1001", "9", null), NOW.plusSeconds(60))).isSameAs(first);
		for (var other : List.of(rules("1002", "9", null), rules("1001", "", null), rules("1001", "+", null))) {
			assertThat(this.reports.of(other, NOW)).isEqualTo(LeakCheck.of(other, NOW)).isNotSameAs(first);
		}
		assertThat(this.reports.of(rules("1001", "+", null), NOW).result()).isEqualTo(LeakReport.Result.LEAKS);
		assertThat(first.result()).isEqualTo(LeakReport.Result.PROVED);
	}

	@Test
	void whatEndsIsCheckedAgainAndSoIsWhatIsOld() {
		var snapshot = rules("1001", "9", NOW.plusSeconds(600));
		var first = this.reports.of(snapshot, NOW);
		assertThat(this.reports.of(snapshot, NOW.plusSeconds(599))).isSameAs(first);
		assertThat(this.reports.of(snapshot, NOW.plusSeconds(600))).isNotSameAs(first);
		var endless = rules("1001", "9", null);
		assertThat(this.reports.of(endless, NOW)).isNotSameAs(this.reports.of(endless, NOW.plus(Duration.ofHours(1))));
	}

	/** A route whose access code may make an international number of a national one. */
	private static Snapshot rules(String extension, String prefix, @Nullable Instant until) {
		var policy = new PolicyRules(1, "Policy", "US", true, "011", new TreeSet<>(Set.of("011")),
				new TreeSet<>(Set.of("1")), new TreeSet<>(Set.of("911")));
		var extensions = new TreeMap<String, CallRestrictions>();
		extensions.put(extension, new CallRestrictions(false, false, false, null));
		var exemptions = (until != null) ? List.of(new Exemption(extension, "1900", until)) : List.<Exemption>of();
		return Snapshot.of(policy, new BusinessHours(ZoneOffset.UTC, Map.of()), extensions, List.of("carrier"),
				List.of(OutboundRoute.through("Out", List.of("carrier"), List.of(prefix + "NXXNXXXXXX"))),
				new NumberRestrictions(new TreeSet<>(Set.of("1900")), exemptions));
	}

}
