package io.tollgate.proof;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.proof.RouteFinding.Kind;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.RouteType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the leak check finds, and what it says about it. */
class LeakCheckTests {

	private static final CallRestrictions ABROAD = new CallRestrictions(false, false, false, null);

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private static PolicyRules policy(String home, Set<String> prefixes, Set<String> allowed) {
		return policy(home, true, prefixes, allowed);
	}

	private static PolicyRules policy(String home, boolean protection, Set<String> prefixes, Set<String> allowed) {
		return new PolicyRules(1, "Policy", home, protection, home.equals("US") ? "011" : "00", new TreeSet<>(prefixes),
				new TreeSet<>(allowed), new TreeSet<>(Set.of("911", "112")));
	}

	private static Snapshot snapshot(PolicyRules policy, Set<String> restricted, OutboundRoute... routes) {
		var extensions = new TreeMap<String, CallRestrictions>();
		extensions.put("1001", ABROAD);
		extensions.put("1002", ABROAD);
		return Snapshot.of(policy, new BusinessHours(ZoneOffset.UTC, Map.of()), extensions, List.of("carrier"),
				List.of(routes), new NumberRestrictions(new TreeSet<>(restricted), List.of()));
	}

	private static OutboundRoute live(String... patterns) {
		return OutboundRoute.through("out", List.of("carrier"), List.of(patterns));
	}

	private static OutboundRoute block(String... patterns) {
		return OutboundRoute.blocking("block", new Block(21, ""), List.of(patterns));
	}

	private static Leak onlyLeak(Snapshot snapshot) {
		var report = LeakCheck.of(snapshot, NOW);
		assertThat(report.result()).isEqualTo(Result.LEAKS);
		assertThat(report.leaks()).hasSize(1);
		var leak = report.leaks().getFirst();
		var verdict = Decision.judge(snapshot, new Call(leak.endpoint(), leak.dialled(), leak.at()));
		assertThat(verdict.allowed()).isTrue();
		assertThat(verdict.legs()).extracting("number").contains(leak.sent());
		return leak;
	}

	@Test
	void whatTheGuardJudgesDoesNotLeak() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1", "44"));
		var report = LeakCheck.of(
				snapshot(policy, Set.of("1900", "1XXX976"), live("1NXXNXXXXXX", "011ZXXXX!", "NXXNXXXXXX", "NXXXXXX")),
				NOW);
		assertThat(report.leaks()).isEmpty();
		assertThat(report.result()).isEqualTo(Result.PROVED);
	}

	@Test
	void aPrefixThatThePolicyDoesNotKnow() {
		var policy = policy("US", Set.of("+", "011"), Set.of("1", "44"));
		var leak = onlyLeak(snapshot(policy, Set.of(), live("0ZXXXX!", "00ZXXXX!")));
		assertThat(leak.cause()).isEqualTo(Leak.Cause.UNKNOWN_PREFIX);
		assertThat(leak.remedy()).isEqualTo("00");
		assertThat(leak.dialled()).hasSize(7).startsWith("00");
		assertThat(leak.kind()).isEqualTo(Leak.Kind.COUNTRY);
		assertThat(leak.subjects()).contains("54", "62");
		assertThat(leak.endpoints()).isEqualTo(2);
		assertThat(leak.always()).isTrue();
	}

	@Test
	void aBlockInAnotherSpelling() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var leak = onlyLeak(snapshot(policy, Set.of(), block("1900NXXXXXX"), live("1NXXNXXXXXX", "NXXNXXXXXX")));
		assertThat(leak.kind()).isEqualTo(Leak.Kind.BLOCKED);
		assertThat(leak.cause()).isEqualTo(Leak.Cause.OTHER_SPELLING);
		assertThat(leak.dialled()).isEqualTo("9002000000");
		assertThat(leak.number()).isEqualTo("19002000000");
		assertThat(leak.remedy()).isEqualTo("1900");
	}

	@Test
	void aBlockThatAStrippedPrefixWalksAround() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var out = live().withRules(List.of(new DialRule("", "9", "1NXXNXXXXXX", "")));
		var leak = onlyLeak(snapshot(policy, Set.of(), block("1900NXXXXXX", "1NXX976XXXX"), out));
		assertThat(leak.dialled()).isEqualTo("912009760000");
		assertThat(leak.remedy()).isEqualTo("1XXX976");
		assertThat(leak.sent()).isEqualTo("12009760000");
		var restricted = snapshot(policy, Set.of("1XXX976", "1900"), block("1900NXXXXXX", "1NXX976XXXX"), out);
		assertThat(LeakCheck.of(restricted, NOW).result()).isEqualTo(Result.PROVED);
	}

	@Test
	void aBlockThatNoRestrictionStands() {
		// the carrier takes +4470744… for a British number, the policy does not know "+"
		var policy = policy("GB", false, Set.of("00"), Set.of());
		var out = live().withRules(List.of(new DialRule("+", "", "ZXXXXXX", "")));
		var leak = onlyLeak(snapshot(policy, Set.of(), block("070744!"), out));
		assertThat(leak.cause()).isEqualTo(Leak.Cause.OTHER_SPELLING);
		assertThat(leak.dialled()).startsWith("4470744");
		assertThat(leak.remedy()).isEmpty();
	}

	@Test
	void aBlockThatStandsTooLow() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1", "1242"));
		var leak = onlyLeak(snapshot(policy, Set.of(), live("1NXXNXXXXXX"), block("1242NXXXXXX")));
		assertThat(leak.cause()).isEqualTo(Leak.Cause.BLOCK_BELOW);
		assertThat(leak.dialled()).isEqualTo("12422000000");
		assertThat(leak.remedy()).isEqualTo("block");
	}

	@Test
	void aDashShiftsWhatIsTakenOff() {
		var policy = policy("US", false, Set.of("+", "00", "011"), Set.of());
		var out = live().withRules(List.of(new DialRule("011", "9011", "44XXXXXXXXX!", "")));
		var snapshot = snapshot(policy, Set.of("1441"), out);
		var alone = LeakCheck.ofRoutesAlone(snapshot, NOW);
		// 011 1 441, the Bermudas, where 011 44 1 was meant
		assertThat(alone.leaks()).extracting(Leak::dialled).containsExactly("901-144100000000");
		assertThat(alone.leaks().getFirst().sent()).isEqualTo("0111441" + "0".repeat(8));
		assertThat(LeakCheck.of(snapshot, NOW).result()).isEqualTo(Result.PROVED);
	}

	@Test
	void whatIsOddAboutTheRoutes() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1", "44"));
		var routes = new OutboundRoute[] {
				OutboundRoute.through("areas", List.of("carrier"), List.of("150[1-5]NXXXXXX", "1NXX5551XXX")),
				OutboundRoute.blocking("never", Block.rejected(), List.of("1503555XXXX", "00ZXXXX!", "1504NXXXXXX")),
				OutboundRoute.blocking("hidden", Block.rejected(), List.of("1505NXXXXXX")) };
		var findings = LeakCheck.of(snapshot(policy, Set.of(), routes), NOW).findings();
		assertThat(findings)
			.extracting(RouteFinding::kind, RouteFinding::route, RouteFinding::pattern, RouteFinding::other)
			.containsExactlyInAnyOrder(tuple(Kind.UNREACHABLE_PATTERN, "never", "1503555XXXX", "areas"),
					tuple(Kind.UNREACHABLE_PATTERN, "never", "1504NXXXXXX", "areas"),
					tuple(Kind.UNREACHABLE_FORM, "never", "00ZXXXX!", ""),
					tuple(Kind.UNREACHABLE_ROUTE, "hidden", "", "areas"));
	}

	@Test
	void emergencyNumbersThatDoNotPass() {
		var policy = new PolicyRules(1, "Policy", "GB", true, "00", new TreeSet<>(Set.of("+", "00")), new TreeSet<>(),
				new TreeSet<>(Set.of("999")));
		var listed = snapshot(policy, Set.of(), live("0ZXXXXXXXX", "11X"));
		assertThat(LeakCheck.of(listed, NOW).findings()).extracting(RouteFinding::kind, RouteFinding::number)
			.contains(tuple(Kind.EMERGENCY_SWALLOWED, "112"))
			.doesNotContain(tuple(Kind.EMERGENCY_UNREACHABLE, "999"));
		var none = snapshot(policy, Set.of());
		assertThat(LeakCheck.of(none, NOW).findings()).extracting(RouteFinding::kind, RouteFinding::number)
			.contains(tuple(Kind.EMERGENCY_UNREACHABLE, "999"), tuple(Kind.EMERGENCY_UNLISTED, "112"));
	}

	@Test
	void patternsMadeToOverlapAreNotProved() {
		var patterns = IntStream.range(0, 28).mapToObj((i) -> "X".repeat(i) + "[13579]" + "X".repeat(29 - i)).toList();
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var routes = IntStream.range(0, 28)
			.mapToObj((i) -> OutboundRoute.through("route " + i, List.of("carrier"), List.of(patterns.get(i))))
			.toArray(OutboundRoute[]::new);
		var report = LeakCheck.of(snapshot(policy, Set.of("1900"), routes), NOW);
		assertThat(report.result()).isEqualTo(Result.NOT_PROVED);
		assertThat(report.gaps()).containsExactly(LeakReport.Gap.TOO_INTRICATE);
	}

	@Test
	void clocksThatChangeOnDifferentDaysMakeMoreKindsOfMoments() {
		// in London's spring, three weeks after New York's, noon there is another hour
		// here
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var workdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
		var block = new OutboundRoute("block", RouteType.NORMAL, true, List.of(DialRule.of("1900!")), List.of(),
				Block.rejected(), new TreeSet<>(), new RouteTime("Europe/London", new TreeSet<>(workdays), 720, 780),
				"", "");
		var out = new OutboundRoute("out", RouteType.NORMAL, true, List.of(DialRule.of("900NXXXXXX")),
				List.of("carrier"), null, new TreeSet<>(),
				new RouteTime("America/New_York", new TreeSet<>(workdays), 480, 481), "", "");
		var report = LeakCheck.of(snapshot(policy, Set.of(), block, out), NOW);
		assertThat(report.result()).isEqualTo(Result.LEAKS);
		assertThat(report.leaks().getFirst().at().atZone(ZoneId.of("Europe/London")).getHour()).isEqualTo(12);
		assertThat(report.leaks().getFirst().always()).isFalse();
	}

	@Test
	void anHourThatAClockSkipsThisWeekIsThereInOthers() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var sunday = new RouteTime("America/New_York", new TreeSet<>(Set.of(DayOfWeek.SUNDAY)), 120, 180);
		var out = new OutboundRoute("out", RouteType.NORMAL, true, List.of(DialRule.of("900NXXXXXX")),
				List.of("carrier"), null, new TreeSet<>(), sunday, "", "");
		var report = LeakCheck.of(snapshot(policy, Set.of(), block("1900!"), out),
				Instant.parse("2026-03-05T12:00:00Z"));
		assertThat(report.result()).isEqualTo(Result.LEAKS);
	}

	@Test
	void aLastRouteThatBlocksTheRestLeavesAloneWhatStandsAbove() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var out = live().withRules(List.of(new DialRule("1", "9", "NXXNXXXXXX", "")));
		var rest = block("X.");
		assertThat(LeakCheck.of(snapshot(policy, Set.of(), out, rest), NOW).result()).isEqualTo(Result.PROVED);
		assertThat(LeakCheck.of(snapshot(policy, Set.of(), rest, out), NOW).leaks()).isEmpty();
	}

	@Test
	void aRouteWhosePinNobodyHasIsNoException() {
		var policy = policy("US", Set.of("+", "00", "011"), Set.of("1"));
		var dead = OutboundRoute.through("dead", List.of("carrier"), List.of("1900NXXXXXX")).withPins("nobody");
		var leak = onlyLeak(snapshot(policy, Set.of(), dead, block("1900!"), live("900NXXXXXX")));
		assertThat(leak.dialled()).isEqualTo("9002000000");
	}

}
