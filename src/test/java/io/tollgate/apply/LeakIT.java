package io.tollgate.apply;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.RandomSnapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Step;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.proof.Leak;
import io.tollgate.proof.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the leak check finds leaks for real: random policies are applied to a real
 * Asterisk, a phone dials what the check says, and the carrier gets exactly the number
 * that the check says. The seed is printed; {@code -Dtollgate.seed=…} repeats a run.
 */
@ExtendWith(AsteriskLog.class)
class LeakIT {

	private static final int LEAKS = 100;

	/** Of one policy, so that many policies have a say. */
	private static final int OF_ONE = 5;

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final RandomSnapshots random = new RandomSnapshots(new Random(this.seed));

	private final EnumMap<Leak.Cause, Integer> causes = new EnumMap<>(Leak.Cause.class);

	@Test
	void everyLeakIsOne() {
		int placed = 0;
		int policies = 0;
		try (var pbx = RealAsterisk.start(RealAsterisk.Version.V22, LabSpec.of(RandomSnapshots.EXTENSIONS));
				var carrier = Carrier.start(pbx)) {
			var phones = new SipPhones(pbx);
			while (placed < LEAKS) {
				var snapshot = this.random.snapshot();
				var leaks = leaks(snapshot);
				// to apply a policy takes longer than the calls
				if (leaks.size() > 1) {
					RealApply.apply(pbx, snapshot);
					place(leaks, phones, carrier, snapshot);
					placed += leaks.size();
					policies++;
				}
			}
		}
		System.out.printf("LeakIT: seed %d, %d leaks of %d policies, %s%n", this.seed, placed, policies, this.causes);
		assertThat(this.causes).containsKeys(Leak.Cause.UNKNOWN_PREFIX, Leak.Cause.OTHER_SPELLING,
				Leak.Cause.BLOCK_BELOW);
	}

	private void place(List<Placed> leaks, SipPhones phones, Carrier carrier, Snapshot snapshot) {
		var statuses = phones.callAll(leaks.stream()
			.map((leak) -> new SipPhones.Call(leak.endpoint(),
					URLEncoder.encode(leak.leak().dialled(), StandardCharsets.UTF_8)))
			.toList());
		assertThat(statuses).as("seed %d: %s in %s", this.seed, leaks, snapshot).containsOnly(200);
		assertThat(carrier.numbers()).as("seed %d: %s in %s", this.seed, leaks, snapshot)
			.containsExactlyInAnyOrderElementsOf(leaks.stream().map((leak) -> leak.leak().sent()).toList());
		leaks.forEach((leak) -> this.causes.merge(leak.leak().cause(), 1, Integer::sum));
	}

	/** Some that can be dialled right now, of different causes as far as there are. */
	private static List<Placed> leaks(Snapshot snapshot) {
		var now = Instant.now();
		var all = LeakCheck.of(snapshot, now)
			.leaks()
			.stream()
			.flatMap((leak) -> placed(snapshot, leak, now).stream())
			.toList();
		var some = new ArrayList<Placed>();
		for (var cause : Leak.Cause.values()) {
			all.stream().filter((placed) -> placed.leak().cause() == cause).limit(2).forEach(some::add);
		}
		all.stream().filter((placed) -> !some.contains(placed)).forEach(some::add);
		return some.stream().limit(OF_ONE).toList();
	}

	/** Who can do it now. The lab's own extensions have four digits. */
	private static Optional<Placed> placed(Snapshot snapshot, Leak leak, Instant now) {
		var endpoints = leak.endpoint().isEmpty() ? List.of("1011", "1012") : List.of(leak.endpoint());
		return endpoints.stream()
			.filter((endpoint) -> leak.dialled().length() != 4)
			.filter((endpoint) -> leaves(snapshot, leak, endpoint, now)
					&& leaves(snapshot, leak, endpoint, now.plus(Duration.ofMinutes(2))))
			.findFirst()
			.map((endpoint) -> new Placed(leak, endpoint));
	}

	/** The first trunk that there is takes every call. */
	private static boolean leaves(Snapshot snapshot, Leak leak, String endpoint, Instant at) {
		var verdict = Decision.judge(snapshot, new Call(endpoint, leak.dialled(), at));
		return !asks(verdict) && verdict.legs()
			.stream()
			.filter((leg) -> !leg.trunk().equals("gone"))
			.findFirst()
			.filter(new Verdict.Leg(leak.trunk(), leak.sent())::equals)
			.isPresent();
	}

	/** Whether the caller must know a PIN first, which other tests key in. */
	private static boolean asks(Verdict verdict) {
		return verdict.steps().stream().anyMatch((step) -> step.rule() == Step.Rule.PIN && !step.detail().isEmpty());
	}

	/**
	 * A leak and who shows it.
	 *
	 * @param leak the leak
	 * @param endpoint an extension of the lab
	 */
	private record Placed(Leak leak, String endpoint) {
	}

}
