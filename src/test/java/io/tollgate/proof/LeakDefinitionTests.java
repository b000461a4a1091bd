package io.tollgate.proof;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.RouteType;
import io.tollgate.route.Trunk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a leak is, by example; the reference must say so too. */
class LeakDefinitionTests {

	private static final Instant NOW = Instant.parse("2026-02-11T10:17:00Z");

	private String home = "US";

	private Set<String> prefixes = Set.of("+", "00", "011");

	private Set<String> allowed = Set.of("1");

	private Set<String> restricted = Set.of();

	private List<Exemption> exemptions = List.of();

	private boolean protection = true;

	private Trunk trunk = Trunk.PLAIN;

	private List<OutboundRoute> routes = List.of();

	@Test
	void aPrefixThatOnlyTheCarrierKnows() {
		this.prefixes = Set.of("011");
		this.routes = List.of(live("Any", "X."));
		assertThat(leaks("00441", "0044", "01144", "+44", "00", "1900")).containsExactly("00441 COUNTRY 44",
				"0044 COUNTRY 44");
		this.prefixes = Set.of("011", "00");
		assertThat(leaks("00441", "01144")).isEmpty();
	}

	@Test
	void whatIsAbroad() {
		this.prefixes = Set.of("011");
		this.routes = List.of(live("Any", "X."));
		this.allowed = Set.of("54");
		assertThat(leaks("0054", "0055", "0012425550100", "0012125550100", "001876", "00999", "005")).containsExactly(
				"0055 COUNTRY 55", "0012425550100 COUNTRY 1242", "001876 COUNTRY 1876", "00999 COUNTRY ",
				"005 COUNTRY ");
		this.home = "JM";
		assertThat(leaks("001876", "001242", "001212")).containsExactly("001242 COUNTRY 1242");
		this.home = "MX";
		this.prefixes = Set.of("+");
		assertThat(leaks("0054", "0052", "005255", "0012")).containsExactly("0012 COUNTRY 1");
	}

	@Test
	void whoMayNotCallAbroadAtAll() {
		this.prefixes = Set.of("011");
		this.allowed = Set.of("54");
		this.routes = List.of(live("Any", "X."));
		assertThat(leaksOf("11", "0054")).containsExactly("0054 COUNTRY 54");
		assertThat(leaksOf("99", "0054")).containsExactly("0054 COUNTRY 54");
		this.protection = false;
		assertThat(leaksOf("11", "0054")).isEmpty();
	}

	@Test
	void aRestrictedNumberInASpellingThatThePolicyDoesNotKnow() {
		this.prefixes = Set.of("011");
		this.restricted = Set.of("1900", "1XXX976");
		this.routes = List.of(live("Any", "X."));
		assertThat(leaks("19005551234", "9005551234", "9765555", "15039765555")).isEmpty();
		assertThat(leaks("0019005551234", "0015039765555")).containsExactly("0019005551234 RESTRICTED 1900",
				"0015039765555 RESTRICTED 1XXX976");
		this.exemptions = List.of(new Exemption("10", "1900", NOW.plus(Duration.ofHours(1))));
		assertThat(leaks("001900", "0015039765555")).containsExactly("0015039765555 RESTRICTED 1XXX976");
		this.exemptions = List.of(new Exemption("10", "1900", NOW.minus(Duration.ofHours(1))));
		assertThat(leaks("001900")).isNotEmpty();
	}

	@Test
	void theAccessCodeIsTakenOff() {
		this.prefixes = Set.of("011");
		this.trunk = new Trunk("", Trunk.Reading.AS_DIALLED, "0");
		this.routes = List.of(live("Any", "X."));
		assertThat(leaks("0441", "00441")).containsExactly("00441 COUNTRY 44");
	}

	@Test
	void aCarrierThatReadsE164IsSentTheNumberInFull() {
		this.prefixes = Set.of("011");
		this.trunk = new Trunk("", Trunk.Reading.E164, "");
		this.routes = List.of(live("Any", "X."));
		assertThat(leaks("0044", "5550100", "2425550100", "15035550100")).isEmpty();
		assertThat(alone("5550100", "15035550100", "1242")).containsExactly("5550100 COUNTRY 55", "1242 COUNTRY 1242");
	}

	@Test
	void aBlockWithTooFewSpellings() {
		this.routes = List.of(block("Premium", "1900NXXXXXX"), live("Local", "NXXNXXXXXX", "1."));
		assertThat(leaks("19005551234", "9005551234", "190055512345", "1900555123", "15035550100"))
			.containsExactly("9005551234 BLOCKED Premium", "190055512345 BLOCKED Premium");
		// the policy makes 1900… of it, which the route blocks
		assertThat(leaks("+19005551234", "0119005551234")).isEmpty();
		this.routes = List.of(block("Premium", "9005551234"), live("Local", "NXXNXXXXXX", "1."));
		assertThat(leaks("19005551234", "9005551234")).containsExactly("19005551234 BLOCKED Premium");
		this.routes = List.of(block("Premium", "976XXXX"), rule("Local", "", "9", "NXXXXXX"));
		assertThat(leaks("99765555", "97655551")).containsExactly("99765555 BLOCKED Premium");
	}

	@Test
	void aBlockThatStandsTooLow() {
		this.routes = List.of(live("All", "1."), block("Premium", "1900!"));
		assertThat(leaks("1900", "19005551234", "1901")).containsExactly("1900 BLOCKED Premium",
				"19005551234 BLOCKED Premium");
		// a part of what is blocked stands above it on purpose
		this.routes = List.of(live("Support", "1900555XXXX"), block("Premium", "1900!"), live("All", "1."));
		assertThat(leaks("19005551234", "19005551234")).isEmpty();
		var support = live("All", "1.");
		this.routes = List.of(new OutboundRoute("Boss", RouteType.NORMAL, true, support.rules(), support.trunks(), null,
				new TreeSet<>(Set.of("10")), null, "", ""), block("Premium", "1900!"));
		assertThat(leaks("19005551234")).isEmpty();
		this.routes = List.of(
				new OutboundRoute("Day", RouteType.NORMAL, true, support.rules(), support.trunks(), null,
						new TreeSet<>(),
						new RouteTime("UTC", new TreeSet<>(Arrays.asList(DayOfWeek.values())), 0, 1440), "", ""),
				block("Premium", "1900!"));
		assertThat(leaks("19005551234")).isEmpty();
		this.routes = List.of(live("All", "1.").withRules(List.of(new DialRule("", "", "1.", "1X"))),
				block("Premium", "1900!"));
		assertThat(leaks("19005551234")).isEmpty();
		// the exception is for that number, not for longer ones
		this.routes = List.of(live("Support", "19005551234"), block("Premium", "1900!"),
				rule("Nine", "", "9", "1NXXNXXXXXX!"));
		assertThat(leaks("919005551234", "9190055512345")).containsExactly("9190055512345 BLOCKED Premium");
	}

	@Test
	void routesAloneStripADash() {
		this.routes = List.of(rule("Nine", "", "9", "1NXXNXXXXXX"));
		assertThat(alone("9-12425551234", "-912425551234", "912425551234", "915035550100"))
			.containsExactly("9-12425551234 COUNTRY 1242", "912425551234 COUNTRY 1242");
		// the United Kingdom, as E.164; 901- are four characters too
		this.allowed = Set.of("44");
		this.trunk = new Trunk("", Trunk.Reading.E164, "");
		this.routes = List.of(rule("Kingdom", "", "9011", "44X!"));
		assertThat(alone("9011441", "901-1441", "9-0-11441")).containsExactly("901-1441 COUNTRY 1441");
		this.trunk = Trunk.PLAIN;
		this.protection = false;
		this.routes = List.of(block("Premium", "1900!"), live("All", "1.", "00."), live("Ten", "NXXNXXXXXX"));
		assertThat(alone("19005551234", "001900", "9005551234", "900-555-1234"))
			.containsExactly("001900 BLOCKED Premium", "9005551234 BLOCKED Premium", "900-555-1234 BLOCKED Premium");
	}

	@Test
	void anEmergencyNumberIsNoLeak() {
		this.routes = List.of(rule("Emergency first", "0044", "", "X!"));
		assertThat(alone("911", "9-11", "912")).containsExactly("912 COUNTRY 44");
	}

	private static OutboundRoute live(String name, String... patterns) {
		return OutboundRoute.through(name, List.of("trunk"), List.of(patterns));
	}

	private static OutboundRoute block(String name, String... patterns) {
		return OutboundRoute.blocking(name, Block.rejected(), List.of(patterns));
	}

	private static OutboundRoute rule(String name, String prepend, String prefix, String match) {
		return live(name).withRules(List.of(new DialRule(prepend, prefix, match, "")));
	}

	private List<String> leaks(String... dialled) {
		return leaksOf("10", dialled);
	}

	private List<String> leaksOf(String endpoint, String... dialled) {
		return words(LeakReference.of(snapshot(), NOW), endpoint, dialled);
	}

	private List<String> alone(String... dialled) {
		return words(LeakReference.ofRoutesAlone(snapshot(), NOW), "10", dialled);
	}

	private static List<String> words(LeakReference reference, String endpoint, String... dialled) {
		var words = new ArrayList<String>();
		for (var number : dialled) {
			for (var leak : reference.caller(endpoint, NOW).leaks(number)) {
				words.add(number + " " + leak.why().kind() + " " + String.join(",", leak.why().subjects()));
			}
		}
		return words;
	}

	private Snapshot snapshot() {
		var policy = new PolicyRules(1, "Test", this.home, this.protection, "011", new TreeSet<>(this.prefixes),
				new TreeSet<>(this.allowed), NumberingPlan.of(this.home).emergencyNumbers());
		var rights = new TreeMap<>(Map.of("10", new CallRestrictions(false, false, false, null), "11",
				new CallRestrictions(true, false, false, null)));
		return new Snapshot(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), rights, new TreeMap<>(),
				new TreeMap<>(Map.of("trunk", this.trunk)), this.routes,
				new NumberRestrictions(new TreeSet<>(this.restricted), this.exemptions), new TreeMap<>(),
				new TreeMap<>());
	}

}
