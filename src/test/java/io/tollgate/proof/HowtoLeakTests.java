package io.tollgate.proof;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list by which people block premium and offshore numbers of the +1 plan on a PBX
 * without guard: what leaks through it, and what it has to look like.
 */
class HowtoLeakTests {

	private static final Instant NOW = Instant.parse("2026-02-11T10:17:00Z");

	private static final List<String> TRUNK = List.of("trunk");

	/** As it goes from forum to forum: eleven digits, and no more and no less. */
	private static final OutboundRoute LIST = OutboundRoute.blocking("Blocked", Block.rejected(),
			Stream
				.concat(Stream.of("1900XXXXXXX", "1976XXXXXXX"),
						RestrictionPreset.NANP_OFFSHORE.entries()
							.stream()
							.filter((entry) -> !entry.equals("1658"))
							.map((entry) -> entry + "XXXXXXX"))
				.toList());

	private static final OutboundRoute OREGON = OutboundRoute.through("Oregon", TRUNK,
			List.of("1503NXXXXXX", "1541NXXXXXX"));

	private static final OutboundRoute EVERYTHING = OutboundRoute.through("Everything else", TRUNK,
			List.of("1.", "NXXNXXXXXX"));

	private static final OutboundRoute NINE = new OutboundRoute("Nine", RouteType.NORMAL, true,
			List.of(new DialRule("", "9", "1NXXNXXXXXX", ""), new DialRule("011", "9011", "[2-9]XXXXX!", "")), TRUNK,
			null, new TreeSet<>(), null, "", "");

	private static final OutboundRoute ABROAD = OutboundRoute.through("Abroad", TRUNK, List.of("011ZXXXX!"));

	private static final Set<String> FORBIDDEN = Stream
		.of(RestrictionPreset.NANP_PREMIUM, RestrictionPreset.NANP_OFFSHORE)
		.flatMap((preset) -> preset.entries().stream())
		.collect(Collectors.toCollection(TreeSet::new));

	@Test
	void theListLeaksOnAPbxWithoutGuard() {
		var snapshot = snapshot(LIST, OREGON, EVERYTHING, NINE, ABROAD);
		var report = LeakCheck.ofRoutesAlone(snapshot, NOW);
		assertThat(report.result()).isEqualTo(Result.LEAKS);
		assertThat(subjects(report, "Everything else")).containsAll(FORBIDDEN);
		assertThat(subjects(report, "Nine")).contains("1242", "1900", "1441", "1XXX976");
		// 976 is an exchange; ten digits; short of eleven; one digit more
		var reference = LeakReference.ofRoutesAlone(snapshot, NOW).caller("1001", NOW);
		for (var number : List.of("12009760000", "9005551234", "1242", "190055512345", "16585550100", "901-14415551234",
				"912425551234", "01112425551234")) {
			assertThat(reference.leaks(number)).as(number).isNotEmpty();
		}
		for (var number : List.of("19005551234", "12425551234", "901144155512345", "15035550100")) {
			assertThat(reference.leaks(number)).as(number).isEmpty();
		}
		for (var leak : report.leaks()) {
			assertThat(reference.leaks(leak.dialled())).as(leak.dialled())
				.anyMatch((out) -> out.leg().number().equals(leak.sent()));
		}
		assertThat(report.leaks().getFirst().dialled()).hasSizeLessThanOrEqualTo(4);
	}

	@Test
	void theDashThatShiftsTheStripIsFound() {
		var report = LeakCheck.ofRoutesAlone(snapshot(hardened(), OREGON, NINE), NOW);
		assertThat(report.leaks()).anyMatch((leak) -> leak.route().equals("Nine") && leak.dialled().contains("-")
				&& leak.subjects().contains("1441"));
	}

	@Test
	void theHardenedListIsTight() {
		var snapshot = snapshot(hardened(), OREGON, EVERYTHING, ABROAD);
		assertThat(LeakCheck.ofRoutesAlone(snapshot, NOW).leaks()).isEmpty();
		assertThat(LeakCheck.ofRoutesAlone(snapshot, NOW).result()).isEqualTo(Result.PROVED);
		// each of its spellings is needed
		for (var rule : hardened().rules()) {
			var rules = new ArrayList<>(hardened().rules());
			rules.remove(rule);
			var without = snapshot(hardened().withRules(rules), OREGON, EVERYTHING, ABROAD);
			assertThat(LeakCheck.ofRoutesAlone(without, NOW).result()).as(rule.match())
				.isEqualTo(isSpare(rule) ? Result.PROVED : Result.LEAKS);
		}
		// and it has to stand above
		assertThat(LeakCheck.ofRoutesAlone(snapshot(OREGON, EVERYTHING, ABROAD, hardened()), NOW).result())
			.isEqualTo(Result.LEAKS);
	}

	@Test
	void theGuardStopsWhatTheListForgets() {
		var report = LeakCheck.of(snapshot(LIST, OREGON, EVERYTHING, NINE, ABROAD), NOW);
		// all that is restricted; but the list says that area code 976 is blocked as well
		assertThat(report.leaks()).isNotEmpty()
			.allMatch((leak) -> leak.kind() == Leak.Kind.BLOCKED && leak.cause() == Leak.Cause.OTHER_SPELLING
					&& leak.number().startsWith("1976"));
		assertThat(LeakCheck.of(snapshot(hardened(), OREGON, EVERYTHING, NINE, ABROAD), NOW).result())
			.isEqualTo(Result.PROVED);
		var reference = LeakReference.of(snapshot(LIST, OREGON, EVERYTHING, NINE, ABROAD), NOW);
		for (var number : List.of("12009760000", "9005551234", "1242", "190055512345", "901-14415551234")) {
			assertThat(reference.caller("1001", NOW).leaks(number)).as(number).isEmpty();
		}
	}

	/** Premium numbers in the Bahamas are Bahamian numbers anyway, and so on. */
	private static boolean isSpare(DialRule rule) {
		return rule.match().matches(".*(1?246|1?345)976.*") || rule.match().startsWith("976");
	}

	private static Set<String> subjects(LeakReport report, String route) {
		return report.leaks()
			.stream()
			.filter((leak) -> leak.route().equals(route))
			.flatMap((leak) -> leak.subjects().stream())
			.collect(Collectors.toSet());
	}

	/** Beginnings instead of whole numbers, and each in every spelling that gets out. */
	private static OutboundRoute hardened() {
		var patterns = new ArrayList<String>();
		for (var entry : FORBIDDEN) {
			var national = entry.substring(1).replace("XXX", "NXX");
			patterns.add("1" + entry.substring(1) + "!");
			patterns.add(national + "X".repeat(10 - national.length()));
			patterns.add("0111" + entry.substring(1) + "!");
		}
		return OutboundRoute.blocking("Blocked", Block.rejected(), patterns);
	}

	private static Snapshot snapshot(OutboundRoute... routes) {
		var policy = new PolicyRules(1, "Offices", "US", false, "011", new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(), NumberingPlan.of("US").emergencyNumbers());
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()),
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))), TRUNK, List.of(routes),
				new NumberRestrictions(new TreeSet<>(FORBIDDEN), List.of()));
	}

}
