package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.announcement.Announcement;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The howto that blocks premium and offshore numbers of the +1 plan, on a real Asterisk:
 * emergency first, then the block with its announcement, then Oregon, and at the end the
 * {@code 1.} that lets everything else out. Two phones dial; what arrives at the carrier
 * counts.
 */
@ExtendWith(AsteriskLog.class)
class HowtoIT {

	private static final List<String> OFFSHORE = List.of("242", "664", "658");

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void blocksInEverySpelling(RealAsterisk.Version version) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(2)); var carrier = Carrier.start(pbx)) {
			RealApply.apply(pbx, snapshot());
			var expected = expected();
			var numbers = List.copyOf(expected.keySet());
			var statuses = new SipPhones(pbx)
				.callAll(numbers.stream().map((number) -> new SipPhones.Call("1001", number)).toList());
			var seen = new LinkedHashMap<String, Integer>();
			for (int i = 0; i < numbers.size(); i++) {
				seen.put(numbers.get(i), statuses.get(i));
				var verdict = Decision.judge(snapshot(), new Call("1001", numbers.get(i), Instant.now()));
				assertThat(verdict.allowed()).as(numbers.get(i)).isEqualTo(expected.get(numbers.get(i)) == 200);
			}
			assertThat(seen).isEqualTo(expected);
			assertThat(carrier.numbers()).containsExactlyInAnyOrder("911", "911", "15035550100", "15415550100",
					"13125550100", "18005550100");
			// who is exempt may; when that has ended, not any more
			assertThat(new SipPhones(pbx).call("1002", "19005550100")).isEqualTo(403);
			assertThat(new SipPhones(pbx).call("1002", "12465550100")).isEqualTo(200);
			assertThat(new SipPhones(pbx).call("1002", "12685550100")).isEqualTo(403);
		}
	}

	/** The route alone, with nothing else that would block. */
	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void playsTheAnnouncementWithoutAnswering(RealAsterisk.Version version) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(1)); var carrier = Carrier.start(pbx)) {
			var usual = snapshot();
			var policy = usual.policy();
			var open = new PolicyRules(1, "Offices", "US", false, "011", policy.internationalPrefixes(),
					policy.allowedCodes(), policy.emergencyNumbers());
			RealApply.apply(pbx, usual.withPolicy(open).withRestrictions(NumberRestrictions.none()));
			var phones = new SipPhones(pbx);
			for (var number : List.of("19005551234", "9005551234", "12425550100", "2425550100", "190055512345")) {
				assertThat(phones.call("1001", number)).as(number).isEqualTo(403);
			}
			// the packaged sounds hold the first of the four
			assertThat(pbx.logTail(100_000)).contains("Playing 'sorry.gsm'")
				.contains("Progress(")
				.doesNotContain("Answer(");
			assertThat(phones.call("1001", "911")).isEqualTo(200);
			assertThat(phones.call("1001", "13125550100")).isEqualTo(200);
			assertThat(carrier.numbers()).containsExactly("911", "13125550100");
		}
	}

	/** As many as a PBX may have: Asterisk visits so many contexts, and no more. */
	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void asksTheLastOfTwoHundredRoutes(RealAsterisk.Version version) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(1)); var carrier = Carrier.start(pbx)) {
			var usual = snapshot();
			var routes = new ArrayList<OutboundRoute>();
			for (int i = 1; i < 200; i++) {
				routes.add(OutboundRoute.through("Route " + i, List.of("trunk"), List.of("1503" + (200 + i) + "XXXX")));
			}
			routes.add(OutboundRoute.through("Last", List.of("trunk"), List.of("1541NXXXXXX")));
			RealApply.apply(pbx, Snapshot.of(usual.policy(), usual.hours(), usual.extensions(), usual.trunks().keySet(),
					routes, NumberRestrictions.none()));
			var phones = new SipPhones(pbx);
			assertThat(phones.call("1001", "15033990100")).isEqualTo(200);
			assertThat(phones.call("1001", "15415550100")).isEqualTo(200);
			assertThat(phones.call("1001", "15425550100")).isEqualTo(404);
			assertThat(phones.call("1001", "911")).isEqualTo(200);
			assertThat(carrier.numbers()).containsExactly("15033990100", "15415550100", "911");
		}
	}

	/**
	 * What each number gets: by blocked route, by restriction, or by the country list.
	 */
	private static Map<String, Integer> expected() {
		var expected = new LinkedHashMap<String, Integer>();
		expected.put("911", 200);
		expected.put("9911", 200);
		expected.put("15035550100", 200);
		expected.put("915415550100", 200);
		expected.put("13125550100", 200);
		expected.put("18005550100", 200);
		for (var area : OFFSHORE) {
			expected.put("1" + area + "5550100", 403);
			expected.put(area + "5550100", 403);
			expected.put("%2B1" + area + "5550100", 403);
			expected.put("0111" + area + "5550100", 403);
			expected.put("001" + area + "5550100", 403);
			// the 9 that the route takes off
			expected.put("91" + area + "5550100", 403);
			// one digit more
			expected.put("1" + area + "55501001", 403);
		}
		for (var premium : List.of("19005551234", "9005551234", "%2B19005551234", "0019005551234", "01119005551234",
				"919005551234", "190055512345", "15039765555", "5039765555", "9765555", "10102889005551234")) {
			expected.put(premium, 403);
		}
		// Indonesia behind the 9 that is taken off
		expected.put("90062215550100", 403);
		expected.put("9011622155501", 403);
		return expected;
	}

	private static Snapshot snapshot() {
		var policy = new PolicyRules(1, "Offices", "US", true, "011", new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(Set.of("1", "1246", "1268")), new TreeSet<>(Set.of("911", "112")));
		var rights = new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null), "1002",
				new CallRestrictions(false, false, false, null)));
		var hour = Duration.ofHours(1);
		var restrictions = new NumberRestrictions(
				new TreeSet<>(Set.of("1900", "1XXX976", "101", "1242", "1664", "1658", "1246", "1268")),
				List.of(new Exemption("1002", "1246", Instant.now().plus(hour)),
						new Exemption("1002", "1268", Instant.now().minus(hour))));
		return Snapshot
			.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), rights, new TreeSet<>(Set.of("trunk")), routes(),
					restrictions)
			.withAnnouncements(announcements());
	}

	private static TreeMap<String, Announcement> announcements() {
		return new TreeMap<>(Map.of("unavail",
				new Announcement("Number unavailable",
						List.of("sorry", "the-number-u-dialed", "is-curntly-unavail", "please-contact-tech-supt"),
						false, "*999")));
	}

	private static List<OutboundRoute> routes() {
		var block = new Block(Block.REJECTED, "unavail");
		var blocked = new ArrayList<>(List.of("1900!", "900!"));
		OFFSHORE.forEach((area) -> blocked.addAll(List.of("1" + area + "!", area + "XXXXXXX")));
		var oregon = List.of(DialRule.of("1503NXXXXXX"), DialRule.of("1541NXXXXXX"),
				new DialRule("", "9", "1541NXXXXXX", ""), new DialRule("", "9", "1NXXNXXXXXX", ""),
				new DialRule("", "9", "00ZXXXX!", ""), new DialRule("", "9", "011ZXXXX!", ""));
		var trunk = List.of("trunk");
		return List.of(
				new OutboundRoute("Emergency", RouteType.EMERGENCY, true,
						List.of(DialRule.of("911"), new DialRule("", "9", "911", "")), trunk, null, new TreeSet<>(),
						null, "", ""),
				OutboundRoute.blocking("Premium and offshore", block, blocked),
				new OutboundRoute("Oregon", RouteType.NORMAL, true, oregon, trunk, null, new TreeSet<>(), null, "", ""),
				OutboundRoute.through("Everything else", trunk, List.of("1.", "NXXNXXXXXX", "011ZXXXX!", "NXXXXXX")));
	}

}
