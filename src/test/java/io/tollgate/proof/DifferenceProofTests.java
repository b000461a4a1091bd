package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.proof.Difference.Change;
import io.tollgate.proof.Difference.When;
import io.tollgate.proof.Differences.Found;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random pairs of small configurations: what is said to differ does, and what differs is
 * said, by the decision function asked for every way to dial a number.
 */
class DifferenceProofTests {

	private static final int CASES = Integer.getInteger("tollgate.difference.cases", 8);

	/** Its calls say the number in full, when there is one. */
	private static final String PROBE = "probe";

	private static final Instant NOW = SmallSnapshots.NOW;

	@Test
	void saysWhatDiffersAndNothingElse() {
		long seed = Long.getLong("tollgate.seed", new Random().nextLong(1_000_000));
		var random = new Random(seed);
		var small = new SmallSnapshots(random);
		int said = 0;
		// some pairs differ in little: so many cases that there was something to say,
		// however the seed falls
		for (int i = 0; i < CASES || (said <= CASES && i < 20 * CASES); i++) {
			var one = small.next();
			var before = probed(one.snapshot());
			var after = other(before, probed(small.next().snapshot()), random);
			var differences = new Differences(before, after, NOW, new Budget(3_000_000, Duration.ofSeconds(20)));
			var found = differences.found();
			said += found.size();
			for (int sample = 0; sample < 3; sample++) {
				var at = NOW.plus(Duration.ofMinutes(random.nextInt(7 * 24 * 60)));
				// exemptions count as they are now
				check(seed + "/" + i, LeakReference.frozen(before, NOW), LeakReference.frozen(after, NOW), at,
						numbers(one.digits(), random), differences, found);
			}
		}
		assertThat(said).as("seed %d", seed).isGreaterThan(CASES);
	}

	private static void check(String name, Snapshot before, Snapshot after, Instant at, Set<String> numbers,
			Differences differences, List<Found> found) {
		for (var caller : before.extensions().keySet()) {
			for (var number : numbers) {
				for (boolean full : List.of(true, false)) {
					var expected = change(reached(before, caller, at, number, full),
							reached(after, caller, at, number, full));
					var sure = found.stream()
						.filter((each) -> each.callers().contains(caller) && differences.holds(each, number, full))
						.toList();
					// a prefix by itself is no number
					boolean bare = !full && (before.policy().internationalPrefixes().contains(number)
							|| after.policy().internationalPrefixes().contains(number));
					if (!bare && sure.stream().noneMatch((each) -> each.when() == When.SOMETIMES)) {
						var told = sure.stream()
							.filter((each) -> isAt(each.when(), after, at))
							.map(Found::change)
							.toList();
						assertThat(told)
							.as("%s: %s %s for %s at %s%n%s%n%s", name, number, full ? "in full" : "as dialled", caller,
									at, before, after)
							.isEqualTo((expected != null) ? List.of(expected) : List.of());
					}
				}
			}
		}
	}

	private static boolean isAt(When when, Snapshot after, Instant at) {
		return switch (when) {
			case ALWAYS, SOMETIMES -> true;
			case BUSINESS_HOURS -> after.hours().isOpen(at);
			case OUTSIDE_BUSINESS_HOURS -> !after.hours().isOpen(at);
		};
	}

	private static @Nullable Change change(int then, int now) {
		return switch (then * 3 + now) {
			case 1 -> Change.DIALABLE;
			case 2 -> Change.DIALABLE_WITH_PIN;
			case 3, 6 -> Change.NOT_DIALABLE;
			case 5 -> Change.PIN_ASKED;
			case 7 -> Change.PIN_DROPPED;
			default -> null;
		};
	}

	/** 0 when it is not reached, 2 when only with a PIN. */
	private static int reached(Snapshot snapshot, String caller, Instant at, String number, boolean full) {
		int best = 0;
		for (var dialled : spellings(snapshot, number, full)) {
			var verdict = Decision.judge(snapshot, new Call(caller, dialled, at));
			if (verdict.reason() == Verdict.Reason.ROUTED && leaves(snapshot, verdict, number, full)) {
				boolean pin = verdict.steps()
					.stream()
					.anyMatch((step) -> step.rule() == Verdict.Step.Rule.PIN && !step.detail().isEmpty());
				if (!pin) {
					return 1;
				}
				best = 2;
			}
		}
		return best;
	}

	private static boolean leaves(Snapshot snapshot, Verdict verdict, String number, boolean full) {
		var probe = verdict.legs().stream().filter((leg) -> leg.trunk().equals(PROBE)).findFirst();
		if (full) {
			return probe.filter((leg) -> leg.number().equals("+" + number)).isPresent();
		}
		return probe.isEmpty() && verdict.legs()
			.stream()
			.anyMatch((leg) -> leg.number().equals(snapshot.trunk(leg.trunk()).accessCode() + number));
	}

	/** Everything that could be dialled for a number to leave. */
	private static Set<String> spellings(Snapshot snapshot, String number, boolean full) {
		var policy = snapshot.policy();
		var plan = NumberingPlan.of(policy.homeCountry());
		var sent = new LinkedHashSet<String>();
		sent.add(number);
		if (full) {
			policy.internationalPrefixes().forEach((prefix) -> sent.add(prefix + number));
			if (number.startsWith(plan.callingCode())) {
				sent.add(number.substring(plan.callingCode().length()));
				sent.add(plan.nationalPrefix() + number.substring(plan.callingCode().length()));
			}
		}
		var routed = new LinkedHashSet<>(sent);
		for (var rule : snapshot.routes().stream().flatMap((route) -> route.rules().stream()).distinct().toList()) {
			sent.stream()
				.filter((each) -> each.startsWith(rule.prepend()))
				.forEach((each) -> routed.add(rule.prefix() + each.substring(rule.prepend().length())));
		}
		var dialled = new LinkedHashSet<>(routed);
		for (var each : routed) {
			for (var prefix : policy.internationalPrefixes()) {
				dialled.add(prefix + each);
				if (each.startsWith(policy.dialingCode())) {
					dialled.add(prefix + each.substring(policy.dialingCode().length()));
				}
			}
		}
		return dialled;
	}

	private static Snapshot probed(Snapshot snapshot) {
		var trunks = new TreeMap<>(snapshot.trunks());
		trunks.put(PROBE, new Trunk("DAHDI/g9/$OUTNUM$", Trunk.Reading.E164, ""));
		var routes = snapshot.routes().stream().map((route) -> {
			var lines = new ArrayList<>(route.trunks());
			if (!lines.isEmpty()) {
				lines.add(PROBE);
			}
			return new OutboundRoute(route.name(), route.type(), route.enabled(), route.rules(), lines, route.block(),
					route.users(), route.time(), route.callerId(), route.pins());
		}).toList();
		return new Snapshot(snapshot.policy(), snapshot.hours(), snapshot.extensions(), snapshot.groups(), trunks,
				routes, snapshot.restrictions(), snapshot.pins(), snapshot.announcements());
	}

	/** The same but for one thing. */
	private static Snapshot other(Snapshot one, Snapshot other, Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> one.withRoutes(other.routes());
			case 1 -> one.withPolicy(other.policy());
			case 2 -> one.withRestrictions(other.restrictions());
			case 3 -> one.withExtensions(other.extensions());
			default -> other;
		};
	}

	/** All up to four of the digits that matter, and some longer ones. */
	private static Set<String> numbers(String digits, Random random) {
		var numbers = new LinkedHashSet<String>();
		List<String> last = List.of("");
		for (int length = 1; length <= 4; length++) {
			var next = new ArrayList<String>();
			last.forEach((text) -> digits.chars().forEach((digit) -> next.add(text + (char) digit)));
			numbers.addAll(next);
			last = next;
		}
		for (int i = 0; i < 40; i++) {
			var text = new StringBuilder();
			for (int length = 5 + random.nextInt(8); length > 0; length--) {
				text.append(digits.charAt(random.nextInt(digits.length())));
			}
			numbers.add(text.toString());
		}
		return numbers;
	}

}
