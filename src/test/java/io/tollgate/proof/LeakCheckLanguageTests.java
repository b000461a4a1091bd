package io.tollgate.proof;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The leak check and a library of automata agree on numbers of full length: whether
 * something leaks, and how long the shortest is. The seed is printed;
 * {@code -Dtollgate.seed=…} repeats a run.
 */
class LeakCheckLanguageTests {

	private static final int SNAPSHOTS = 60;

	private static final Instant NOW = Instant.parse("2026-02-11T10:17:00Z");

	private static final List<String> LIVE = List.of("1NXXNXXXXXX", "NXXNXXXXXX", "1.", "011ZXXXX!", "NXXXXXX", "00.",
			"1503NXXXXXX", "1[2-4]XXXXXXXXX", "0[1-9].", "1900555XXXX", "+.", "N11");

	private static final List<String> BLOCKED = List.of("1900XXXXXXX", "1900!", "900XXXXXXX", "1242XXXXXXX", "1242!",
			"242XXXXXXX", "1NXX976XXXX", "NXX976XXXX", "976XXXX", "011!", "01154!", "00!", "1NXX!", "1876!", "+1900.");

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final Map<Result, Integer> results = new EnumMap<>(Result.class);

	private final List<String> wrong = new ArrayList<>();

	@Test
	void theLibraryAgrees() {
		for (int i = 0; i < SNAPSHOTS; i++) {
			compare(snapshot(true), true);
			// what is taken off counts dashes, which the languages do not have
			compare(snapshot(false), false);
		}
		System.out.printf("LeakCheckLanguage: seed %d, %s%n", this.seed, this.results);
		assertThat(this.wrong).as("seed %d", this.seed).isEmpty();
		assertThat(this.results).containsOnlyKeys(Result.PROVED, Result.LEAKS);
	}

	private void compare(Snapshot snapshot, boolean guarded) {
		var report = guarded ? LeakCheck.of(snapshot, NOW) : LeakCheck.ofRoutesAlone(snapshot, NOW);
		this.results.merge(report.result(), 1, Integer::sum);
		// the extension may call abroad, a stranger may not
		var one = new Languages(snapshot, guarded, true).leaks();
		var other = new Languages(snapshot, guarded, false).leaks();
		for (var kind : Leak.Kind.values()) {
			var example = one.get(kind).union(other.get(kind)).getShortestExample(true);
			int expected = (example != null) ? example.length() : 0;
			int shortest = report.leaks()
				.stream()
				.filter((leak) -> leak.kind() == kind)
				.mapToInt((leak) -> leak.dialled().length())
				.min()
				.orElse(0);
			if (shortest != expected) {
				this.wrong.add("%s %s: library %s, check %s of %s; %s %s".formatted(guarded ? "guard" : "alone", kind,
						example, shortest, report.leaks(), snapshot.policy(), snapshot.routes()));
			}
		}
	}

	private Snapshot snapshot(boolean strips) {
		var prefixes = new TreeSet<>(List.of("011"));
		var allowed = new TreeSet<>(List.of("1"));
		for (var prefix : List.of("+", "00")) {
			if (this.random.nextInt(4) > 0) {
				prefixes.add(prefix);
			}
		}
		for (var code : List.of("44", "52", "1242", "1787", "881")) {
			if (this.random.nextBoolean()) {
				allowed.add(code);
			}
		}
		var policy = new PolicyRules(1, "Random", "US", this.random.nextInt(4) > 0, "011", prefixes, allowed,
				NumberingPlan.of("US").emergencyNumbers());
		var entries = new TreeSet<String>();
		for (var preset : List.of(RestrictionPreset.NANP_PREMIUM, RestrictionPreset.NANP_OFFSHORE,
				RestrictionPreset.SATELLITE)) {
			if (this.random.nextBoolean()) {
				entries.addAll(preset.entries());
			}
		}
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()),
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))), List.of("trunk"),
				routes(strips), new NumberRestrictions(entries, List.of()));
	}

	private List<OutboundRoute> routes(boolean strips) {
		var routes = new ArrayList<OutboundRoute>();
		for (int more = 1 + this.random.nextInt(6); more > 0; more--) {
			boolean blocks = this.random.nextInt(3) == 0;
			var seen = new TreeSet<DialPattern>(DialPattern.ORDER);
			var rules = new ArrayList<DialRule>();
			for (int rule = 1 + this.random.nextInt(4); rule > 0; rule--) {
				var next = blocks ? DialRule.of(pick(BLOCKED)) : rule(strips);
				if (DialPattern.parse(next.dialled()) instanceof DialPattern.Ok ok && seen.add(ok.pattern())) {
					rules.add(next);
				}
			}
			var route = blocks ? OutboundRoute.blocking("Route " + more, Block.rejected(), List.of())
					: OutboundRoute.through("Route " + more, List.of("trunk"), List.of());
			routes.add(route.withRules(rules));
		}
		return routes;
	}

	private DialRule rule(boolean strips) {
		boolean plain = this.random.nextInt(3) > 0;
		return new DialRule(plain ? "" : pick(List.of("", "1", "011", "00", "+1", "1503", "+")),
				(plain || !strips) ? "" : pick(List.of("9", "9", "91", "8", "0")), pick(LIVE), "");
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

}
