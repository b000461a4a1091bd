package io.tollgate.decision;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.decision.Verdict.Reason;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The compiled snapshot says what the decision function says, of random configurations
 * and calls. The seed is printed; {@code -Dtollgate.seed=…} repeats a run.
 */
class CompiledSnapshotTests {

	private static final int SNAPSHOTS = Integer.getInteger("tollgate.policies", 400);

	private static final int CALLS = 500;

	@ParameterizedTest
	@ValueSource(longs = { 1, 0 })
	void saysWhatTheDecisionFunctionSays(long fixed) {
		long seed = (fixed != 0) ? fixed : Long.getLong("tollgate.seed", System.nanoTime());
		var random = new Random(seed);
		var world = new RandomSnapshots(random);
		var met = new EnumMap<Reason, Integer>(Reason.class);
		var wrong = new ArrayList<String>();
		for (int i = 0; i < SNAPSHOTS; i++) {
			compare(world, random, met, wrong);
		}
		System.out.printf("CompiledSnapshot: seed %d, %d calls, %s%n", seed, SNAPSHOTS * CALLS, met);
		assertThat(wrong).as("seed %d", seed).isEmpty();
		assertThat(met.keySet()).contains(Reason.values());
	}

	private static void compare(RandomSnapshots world, Random random, EnumMap<Reason, Integer> met,
			List<String> wrong) {
		var snapshot = world.snapshot();
		var compiled = CompiledSnapshot.of(snapshot).orElseThrow();
		for (int i = 0; i < CALLS; i++) {
			var caller = (random.nextInt(100) == 0) ? "" : world.caller();
			var dialled = (random.nextInt(20) == 0) ? fewCharacters(random) : world.dialled(snapshot);
			var at = Instant.now().plus(Duration.ofMinutes(random.nextInt(20_000) - 10_000));
			var expected = Decision.judge(snapshot, new Call(caller, dialled, at)).reason();
			met.merge(expected, 1, Integer::sum);
			var said = compiled.reason(caller, dialled, at);
			if (said != expected) {
				wrong.add("%s dials %s at %s: %s, compiled %s; %s".formatted(caller, dialled, at, expected, said,
						snapshot));
			}
		}
	}

	/** What is at the edge: nothing, a lone prefix, strange characters. */
	private static String fewCharacters(Random random) {
		var text = new StringBuilder();
		for (int more = random.nextInt(6); more > 0; more--) {
			text.append("+0019911-#*:/é".charAt(random.nextInt(14)));
		}
		return text.toString();
	}

	@Test
	void doesNotCompileWhatNoTableHolds() {
		var patterns = IntStream.range(0, 30).mapToObj((i) -> "X".repeat(i) + "[1-5]" + "X".repeat(30 - i)).toList();
		var policy = new PolicyRules(1, "Odd", "US", true, "011", new TreeSet<>(), new TreeSet<>(),
				NumberingPlan.of("US").emergencyNumbers());
		var snapshot = Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), new TreeMap<>(),
				List.of("trunk"),
				patterns.stream()
					.map((pattern) -> OutboundRoute.through(pattern, List.of("trunk"), List.of(pattern)))
					.map((route) -> new OutboundRoute(route.name(), route.type(), true, route.rules(), route.trunks(),
							null, new TreeSet<>(List.of(route.name())), null, "", ""))
					.toList(),
				NumberRestrictions.none());
		assertThat(CompiledSnapshot.of(snapshot)).isEmpty();
	}

}
