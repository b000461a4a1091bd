package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.RandomSnapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict.Leg;
import io.tollgate.decision.Verdict.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference lets through what the decision function lets through, by the same legs.
 * The seed is printed; {@code -Dtollgate.seed=…} repeats a run.
 */
class LeakReferenceTests {

	private static final int SNAPSHOTS = 150;

	private static final int CALLS = 400;

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final List<String> wrong = new ArrayList<>();

	private int routed;

	@Test
	void letsThroughWhatTheDecisionFunctionDoes() {
		var small = new SmallSnapshots(this.random);
		var usual = new RandomSnapshots(this.random);
		for (int i = 0; i < SNAPSHOTS; i++) {
			var next = small.next();
			compare(next.snapshot(), SmallSnapshots.CALLERS,
					() -> few("+" + next.digits().repeat(3), this.random.nextInt(9)));
			var snapshot = usual.snapshot();
			compare(snapshot, List.of("1001", "1002", "1003", "1010", "1012", "trunk"), () -> usual.dialled(snapshot));
		}
		System.out.printf("LeakReference: seed %d, %d calls, %d routed%n", this.seed, 2 * SNAPSHOTS * CALLS,
				this.routed);
		assertThat(this.wrong).as("seed %d", this.seed).isEmpty();
		assertThat(this.routed).isGreaterThan(SNAPSHOTS * CALLS / 20);
	}

	private void compare(Snapshot snapshot, List<String> callers, Supplier<String> numbers) {
		var now = Instant.now();
		var reference = LeakReference.of(snapshot, now);
		for (int i = 0; i < CALLS; i++) {
			var caller = callers.get(this.random.nextInt(callers.size()));
			var dialled = numbers.get();
			var at = now.plus(Duration.ofMinutes(this.random.nextInt(10_080)));
			var verdict = Decision.judge(reference.snapshot(), new Call(caller, dialled, at));
			var legs = (verdict.reason() == Reason.ROUTED) ? verdict.legs() : List.<Leg>of();
			this.routed += legs.isEmpty() ? 0 : 1;
			var said = reference.caller(caller, at).legs(dialled);
			if (!said.equals(legs)) {
				this.wrong.add("%s dials %s at %s: %s %s, reference %s; %s".formatted(caller, dialled, at,
						verdict.reason(), legs, said, reference.snapshot()));
			}
		}
	}

	private String few(String characters, int length) {
		var text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			text.append(characters.charAt(this.random.nextInt(characters.length())));
		}
		return text.toString();
	}

}
