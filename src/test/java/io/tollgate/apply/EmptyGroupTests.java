package io.tollgate.apply;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.connector.DialSection;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To a PBX a route without users is for everybody, so a route for groups in which there
 * is nobody must not get there.
 */
class EmptyGroupTests {

	@Test
	void aRouteForNobodyTakesNothingForAnybody() {
		var snapshot = snapshot(group());
		assertThat(Sections.of(snapshot)).extracting(DialSection::name).containsExactly("All");
		for (var caller : List.of("1001", "1002")) {
			var verdict = judge(snapshot, caller);
			assertThat(verdict.reason()).as(caller).isEqualTo(Reason.ROUTED);
		}
	}

	@Test
	void nobodyIsWhoAGroupThatIsGoneMeans() {
		var snapshot = snapshot(new TreeMap<>());
		assertThat(Sections.of(snapshot)).extracting(DialSection::name).containsExactly("All");
		assertThat(judge(snapshot, "1001").reason()).isEqualTo(Reason.ROUTED);
	}

	@Test
	void aMemberIsTaken() {
		var snapshot = snapshot(group("1001"));
		assertThat(Sections.of(snapshot)).first()
			.satisfies((section) -> assertThat(section.users()).containsExactly("1001"));
		assertThat(judge(snapshot, "1001").allowed()).isFalse();
		assertThat(judge(snapshot, "1002").reason()).isEqualTo(Reason.ROUTED);
	}

	private static Verdict judge(Snapshot snapshot, String caller) {
		return Decision.judge(snapshot, new Call(caller, "5551234", Instant.parse("2026-11-24T16:42:00Z")));
	}

	private static TreeMap<String, ExtensionGroup> group(String... members) {
		return new TreeMap<>(Map.of("k3f9", new ExtensionGroup("Sales", new TreeSet<>(List.of(members)))));
	}

	private static Snapshot snapshot(TreeMap<String, ExtensionGroup> groups) {
		var policy = new PolicyRules(1, "Test", "MX", true, "00", new TreeSet<>(Set.of("+", "00")), new TreeSet<>(),
				new TreeSet<>(Set.of("911")));
		var block = new OutboundRoute("Nobody", RouteType.NORMAL, true,
				OutboundRoute.blocking("", Block.rejected(), List.of("NXXXXXX")).rules(), List.of(), Block.rejected(),
				new TreeSet<>(Set.of("group:k3f9")), null, "", "");
		var plain = Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()),
				new TreeMap<>(Map.of("1001", CallRestrictions.DEFAULT, "1002", CallRestrictions.DEFAULT)), List.of(),
				List.of(block, OutboundRoute.through("All", List.of("carrier"), List.of("NXXXXXX"))),
				NumberRestrictions.none());
		return new Snapshot(plain.policy(), plain.hours(), plain.extensions(), groups, plain.trunks(), plain.routes(),
				plain.restrictions(), plain.pins(), plain.announcements());
	}

}
