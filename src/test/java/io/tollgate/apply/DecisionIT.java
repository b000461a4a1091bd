package io.tollgate.apply;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.tollgate.connector.Connector;
import io.tollgate.connector.Target;
import io.tollgate.connector.asterisk.AsteriskConnector;
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
import io.tollgate.pin.PinList;
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

	private final RandomSnapshots random = new RandomSnapshots(new Random(this.seed));

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void thePbxDoesWhatTheFunctionSays(RealAsterisk.Version version) {
		var wrong = new ArrayList<String>();
		var reasons = new EnumMap<Verdict.Reason, Integer>(Verdict.Reason.class);
		try (var pbx = RealAsterisk.start(version, LabSpec.of(RandomSnapshots.EXTENSIONS));
				var carrier = Carrier.start(pbx)) {
			var connector = new AsteriskConnector();
			var target = new Target("127.0.0.1", pbx.amiPort(), false, null, "tollgate-config", RealAsterisk.SECRET);
			for (int policy = 0; policy < POLICIES; policy++) {
				var snapshot = this.random.snapshot();
				apply(connector, target, snapshot);
				wrong.addAll(compare(snapshot, new SipPhones(pbx), carrier, reasons));
			}
		}
		System.out.printf("DecisionIT %s: seed %d, %d calls, %d disagreements, %s%n", version, this.seed,
				POLICIES * CALLS, wrong.size(), reasons);
		assertThat(wrong).as("seed %d", this.seed).isEmpty();
		// a test that never meets a rule proves nothing about it
		assertThat(reasons.keySet()).contains(Verdict.Reason.EMERGENCY, Verdict.Reason.ROUTED, Verdict.Reason.NUMBER,
				Verdict.Reason.OUTBOUND, Verdict.Reason.EXTENSION, Verdict.Reason.COUNTRY, Verdict.Reason.NO_ROUTE,
				Verdict.Reason.RESTRICTED, Verdict.Reason.BLOCKED);
	}

	private static void apply(Connector connector, Target target, Snapshot snapshot) {
		var ready = (Compiled.Ready) Compiler.compile(snapshot, PinList::salt);
		try (var session = connector.open(target)) {
			var candidate = session.load(ready.config());
			if (!candidate.diff().isEmpty()) {
				var pending = candidate.commit(Duration.ofMinutes(2), (stage) -> {
				});
				assertThat(pending.verify().isEmpty()).isTrue();
				pending.confirm();
			}
		}
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
		for (int at = 0; at < CALLS; at++) {
			var call = calls.get(at);
			var verdict = Decision.judge(snapshot, call);
			reasons.merge(verdict.reason(), 1, Integer::sum);
			int status = statuses.get(at);
			if (status != expected(snapshot, verdict, call)) {
				wrong.add("%s dials %s: function %s, PBX %d; %s".formatted(call.endpoint(), call.dialled(),
						verdict.reason(), status, snapshot));
			}
			if (verdict.allowed()) {
				sent.add(verdict.sent());
			}
		}
		var seen = new ArrayList<>(carrier.numbers());
		Collections.sort(seen);
		Collections.sort(sent);
		if (!seen.equals(sent)) {
			var more = new ArrayList<>(seen);
			sent.forEach(more::remove);
			var less = new ArrayList<>(sent);
			seen.forEach(less::remove);
			wrong.add("at the trunk: unexpected " + more + ", missing " + less + "; " + snapshot);
		}
		return wrong;
	}

	/**
	 * What does not even look like a number to the guard, or has no route, is not found;
	 * the rest is forbidden.
	 */
	private static int expected(Snapshot snapshot, Verdict verdict, Call call) {
		if (verdict.allowed()) {
			return 200;
		}
		if (verdict.reason() == Verdict.Reason.BLOCKED) {
			return (cause(snapshot, verdict) == 17) ? 486 : 403;
		}
		boolean seen = call.dialled().replace("-", "").matches("[+0-9].*");
		return (verdict.reason() == Verdict.Reason.NO_ROUTE || !seen) ? 404 : 403;
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
