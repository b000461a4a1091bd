package io.tollgate.apply;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.RandomSnapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The decision function and the PBX must agree: random policies are compiled and applied
 * to a real Asterisk, phones dial random numbers, and each call must end as the function
 * said, with the number that it said at the trunk. The seed is printed;
 * {@code -Dtollgate.seed=…} repeats a run.
 */
@ExtendWith(AsteriskLog.class)
class DecisionIT {

	private static final int POLICIES = Integer.getInteger("tollgate.policies", 13);

	private static final int CALLS = 200;

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final Random choice = new Random(this.seed);

	private final RandomSnapshots random = new RandomSnapshots(new Random(this.seed));

	private int pinCalls;

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void thePbxDoesWhatTheFunctionSays(RealAsterisk.Version version) {
		var wrong = new ArrayList<String>();
		var reasons = new EnumMap<Verdict.Reason, Integer>(Verdict.Reason.class);
		try (var pbx = RealAsterisk.start(version, LabSpec.of(RandomSnapshots.EXTENSIONS));
				var carrier = Carrier.start(pbx)) {
			for (int policy = 0; policy < POLICIES; policy++) {
				var snapshot = this.random.snapshot();
				RealApply.apply(pbx, snapshot);
				pbx.cli("database deltree tollgatepin");
				wrong.addAll(compare(snapshot, new SipPhones(pbx), carrier, reasons));
			}
		}
		System.out.printf("DecisionIT %s: seed %d, %d calls, %d with a PIN, %d disagreements, %s%n", version, this.seed,
				POLICIES * CALLS, this.pinCalls, wrong.size(), reasons);
		assertThat(wrong).as("seed %d", this.seed).isEmpty();
		// a test that never meets a rule proves nothing about it
		assertThat(reasons.keySet()).contains(Verdict.Reason.EMERGENCY, Verdict.Reason.ROUTED, Verdict.Reason.NUMBER,
				Verdict.Reason.OUTBOUND, Verdict.Reason.EXTENSION, Verdict.Reason.COUNTRY, Verdict.Reason.NO_ROUTE,
				Verdict.Reason.RESTRICTED, Verdict.Reason.BLOCKED, Verdict.Reason.SHORT);
		assertThat(this.pinCalls).isPositive();
	}

	private List<String> compare(Snapshot snapshot, SipPhones phones, Carrier carrier,
			EnumMap<Verdict.Reason, Integer> reasons) {
		var calls = new ArrayList<Call>();
		for (int call = 0; call < CALLS; call++) {
			calls.add(new Call(this.random.caller(), this.random.dialled(snapshot), Instant.now()));
		}
		var statuses = phones
			.callAll(calls.stream().map((call) -> new SipPhones.Call(call.endpoint(), wire(call))).toList());
		var wrong = new ArrayList<String>();
		var sent = new ArrayList<String>();
		var asked = new LinkedHashMap<String, Call>();
		for (int at = 0; at < CALLS; at++) {
			var call = calls.get(at);
			var verdict = Decision.judge(snapshot, call);
			reasons.merge(verdict.reason(), 1, Integer::sum);
			int status = statuses.get(at);
			if (!expected(snapshot, verdict, call, status)) {
				wrong.add("%s dials %s: function %s, PBX %d; %s".formatted(call.endpoint(), call.dialled(),
						verdict.reason(), status, snapshot));
			}
			if (asks(verdict)) {
				asked.put(call.endpoint(), call);
			}
			else {
				leg(verdict).ifPresent(sent::add);
			}
		}
		wrong.addAll(atTheTrunk(snapshot, carrier, sent));
		wrong.addAll(withPins(snapshot, phones, carrier, asked));
		return wrong;
	}

	/** One call of each endpoint, with a PIN that is right or wrong. */
	private List<String> withPins(Snapshot snapshot, SipPhones phones, Carrier carrier, Map<String, Call> asked) {
		var pins = new LinkedHashMap<SipPhones.Call, String>();
		var sent = new ArrayList<String>();
		asked.values().forEach((call) -> {
			boolean right = this.choice.nextInt(3) > 0;
			pins.put(new SipPhones.Call(call.endpoint(), wire(call)),
					right ? RandomSnapshots.RIGHT_PINS.get(this.choice.nextInt(3)) : "54321");
			if (right) {
				leg(Decision.judge(snapshot, call)).ifPresent(sent::add);
			}
		});
		if (pins.isEmpty()) {
			return List.of();
		}
		this.pinCalls += pins.size();
		phones.callWithPins(pins);
		return atTheTrunk(snapshot, carrier, sent);
	}

	private static List<String> atTheTrunk(Snapshot snapshot, Carrier carrier, List<String> sent) {
		var seen = new ArrayList<>(carrier.numbers());
		Collections.sort(seen);
		Collections.sort(sent);
		if (!seen.equals(sent)) {
			var more = new ArrayList<>(seen);
			sent.forEach(more::remove);
			var less = new ArrayList<>(sent);
			seen.forEach(less::remove);
			return List.of("at the trunk: unexpected " + more + ", missing " + less + "; " + snapshot);
		}
		return List.of();
	}

	/** Whether the caller must know a PIN first. */
	private static boolean asks(Verdict verdict) {
		return verdict.steps()
			.stream()
			.anyMatch(
					(step) -> step.rule() == Verdict.Step.Rule.PIN && step.outcome() != Verdict.Step.Outcome.NOT_REACHED
							&& !(step.detail().isEmpty() && step.outcome() == Verdict.Step.Outcome.PASS));
	}

	/** What the carrier is sent: the first trunk that there is takes every call. */
	private static Optional<String> leg(Verdict verdict) {
		return verdict.legs()
			.stream()
			.filter((leg) -> !leg.trunk().equals("gone"))
			.map(Verdict.Leg::number)
			.findFirst();
	}

	/**
	 * What does not even look like a number to the guard, or has no route, is not found;
	 * the rest is forbidden. Who is asked for a PIN was answered, unless another call of
	 * the same endpoint was being asked at that moment.
	 */
	private static boolean expected(Snapshot snapshot, Verdict verdict, Call call, int status) {
		if (asks(verdict)) {
			return status == 200 || status == 403;
		}
		if (verdict.allowed()) {
			return (status == 200) == leg(verdict).isPresent();
		}
		return status == switch (verdict.reason()) {
			case BLOCKED -> (cause(snapshot, verdict) == 17) ? 486 : 403;
			case NO_ROUTE -> 404;
			case SHORT -> 484;
			default -> call.dialled().replace("-", "").matches("[+0-9].*") ? 403 : 404;
		};
	}

	private static int cause(Snapshot snapshot, Verdict verdict) {
		var name = verdict.steps()
			.stream()
			.filter((step) -> step.detail().equals("blocked"))
			.map((step) -> step.arguments().getLast())
			.findFirst()
			.orElseThrow();
		return snapshot.routes()
			.stream()
			.filter((route) -> route.name().equals(name))
			.map(OutboundRoute::block)
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow()
			.cause();
	}

	private static String wire(Call call) {
		return URLEncoder.encode(call.dialled(), StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

}
