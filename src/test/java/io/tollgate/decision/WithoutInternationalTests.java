package io.tollgate.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;

import io.tollgate.decision.Verdict.Reason;
import io.tollgate.numbering.CallingCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fleet stop needs no leak check, for it only takes away. Asked of random
 * configurations and calls.
 */
class WithoutInternationalTests {

	private static final int SNAPSHOTS = 400;

	private static final int CALLS = 250;

	@ParameterizedTest
	@ValueSource(longs = { 1, 0 })
	void nothingBecomesDialableAndNothingAbroadIsLeft(long fixed) {
		long seed = (fixed != 0) ? fixed : Long.getLong("tollgate.seed", System.nanoTime());
		var random = new Random(seed);
		var world = new RandomSnapshots(random);
		var wrong = new ArrayList<String>();
		int stopped = 0;
		int national = 0;
		for (int i = 0; i < SNAPSHOTS; i++) {
			var snapshot = world.snapshot();
			var without = snapshot.withoutInternational();
			assertThat(without.withoutInternational()).isEqualTo(without);
			for (int j = 0; j < CALLS; j++) {
				var at = Instant.now().plus(Duration.ofMinutes(random.nextInt(20_000) - 10_000));
				var call = new Call(world.caller(), world.dialled(snapshot), at);
				var before = Decision.judge(snapshot, call);
				var after = Decision.judge(without, call);
				if (!onlyLess(before, after) || after.reason() == Reason.ROUTED && isAbroad(snapshot, after)) {
					wrong.add("%s: %s, then %s under %s".formatted(call, before, after, snapshot));
				}
				stopped += (before.reason() == Reason.ROUTED && after.reason() != Reason.ROUTED) ? 1 : 0;
				national += (after.reason() == Reason.ROUTED) ? 1 : 0;
			}
		}
		System.out.printf("Without international: seed %d, %d calls, %d stopped, %d left%n", seed, SNAPSHOTS * CALLS,
				stopped, national);
		assertThat(wrong).as("seed %d", seed).isEmpty();
		assertThat(stopped).isPositive();
		assertThat(national).isPositive();
	}

	/** What passes has passed before in the same way, and no emergency number is lost. */
	private static boolean onlyLess(Verdict before, Verdict after) {
		if (before.reason() == Reason.EMERGENCY || after.allowed()) {
			return before.reason() == after.reason() && before.legs().equals(after.legs());
		}
		return true;
	}

	/** A number of the home country in its international form is not. */
	private static boolean isAbroad(Snapshot snapshot, Verdict verdict) {
		return verdict.international() && CallingCodes.find(String.valueOf(verdict.callingCode()))
			.filter((entry) -> entry.regions().contains(snapshot.policy().homeCountry()))
			.isEmpty();
	}

}
