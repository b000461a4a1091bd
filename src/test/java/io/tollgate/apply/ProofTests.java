package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.connector.ConfigDiff;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Probe;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.connector.ProbeReport;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Target;
import io.tollgate.connector.asterisk.AsteriskConnector;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.decision.RandomSnapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import io.tollgate.simulator.ManagerRight;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a PBX is asked before its new rules last, and what is made of its answers. */
class ProofTests {

	private static final Instant NOW = Instant.parse("2026-11-24T16:42:00Z");

	private static final CallRestrictions ABROAD = new CallRestrictions(false, false, false, null);

	private static final CallRestrictions LOCKED = new CallRestrictions(true, true, false, null);

	private final Proof proof = new Proof(messages(), Clock.fixed(NOW, ZoneOffset.UTC));

	private static ResourceBundleMessageSource messages() {
		var messages = new ResourceBundleMessageSource();
		messages.setBasenames("messages/apply");
		messages.setDefaultEncoding("UTF-8");
		return messages;
	}

	@Test
	void asksForEveryEmergencyNumberACountryThatIsAllowedAndOneThatIsNot() {
		assertThat(Probes.of(snapshot(Map.of("1001", LOCKED, "1002", ABROAD), Set.of("54")), NOW)).containsExactly(
				new Probes.Asked(new Probe("1001", "060", Expected.EMERGENCY), "060"),
				new Probes.Asked(new Probe("1001", "911", Expected.EMERGENCY), "911"),
				new Probes.Asked(new Probe("1002", "005423456789", Expected.ALLOWED), "+54…"),
				new Probes.Asked(new Probe("1002", "0012125550123", Expected.BLOCKED), "+1…"));
	}

	@Test
	void asksForANumberOfARouteWhereNobodyMayCallAbroad() {
		assertThat(Probes.of(snapshot(Map.of(), Set.of()), NOW)).extracting(Probes.Asked::probe)
			.contains(new Probe("somebody", "223456789", Expected.ALLOWED))
			.last()
			.extracting(Probe::expected)
			.isEqualTo(Expected.BLOCKED);
	}

	@Test
	void asksForNothingThatHangsOnTheHour() {
		var hours = new CallRestrictions(false, false, true, null);
		assertThat(Probes.of(snapshot(Map.of("1001", hours), Set.of("54")), NOW))
			.extracting((asked) -> asked.probe().endpoint())
			.containsExactly("1001", "1001", "somebody", "somebody");
	}

	@Test
	void saysWhatWasAsked() {
		var snapshot = snapshot(Map.of("1002", ABROAD), Set.of("54"));
		assertThat(this.proof.of(snapshot, new Answering(true, null)).words())
			.isEqualTo("060 passes, 911 passes, +54… passes, +1… is blocked: run on the PBX.");
		var lookedUp = this.proof.of(snapshot, new Answering(false, null));
		assertThat(lookedUp.problem()).isEmpty();
		assertThat(lookedUp.words())
			.isEqualTo("060 passes, 911 passes; nothing else was run on the PBX, as its account may not originate.");
	}

	@Test
	void namesWhatThePbxSaysOtherwise() {
		var snapshot = snapshot(Map.of("1002", ABROAD), Set.of("54"));
		assertThat(this.proof.of(snapshot, new Answering(true, "911")).problem())
			.contains(Problem.of("probe-differs", "911", "1002", "passes", "is blocked"));
	}

	/** A verdict that differs takes an apply back, so it must never be a false one. */
	@Test
	void agreesWithAPbxWhateverTheRules() {
		long seed = System.nanoTime();
		var random = new RandomSnapshots(new Random(seed));
		var spec = SimulatedPbxSpec.named("sim", "tollgate", "secret")
			.withFiles(Map.of("extensions.conf",
					SimulatedPbxSpec.UNGUARDED_DIALPLAN.replace("[globals]\n",
							"[globals]\n" + GuardText.includeLines())))
			.withRights(EnumSet.allOf(ManagerRight.class));
		var asked = new TreeSet<Expected>();
		try (var pbx = SimulatedPbx.start(spec)) {
			var target = new Target("127.0.0.1", pbx.port(), false, null, "tollgate", "secret");
			for (int i = 0; i < 40; i++) {
				var snapshot = random.snapshot();
				Probes.of(snapshot, Instant.now()).forEach((question) -> asked.add(question.probe().expected()));
				if (Compiler.compile(snapshot, (key, list) -> list.salt()) instanceof Compiled.Ready ready) {
					try (var session = new AsteriskConnector().open(target)) {
						var pending = session.load(ready.config()).commit(Duration.ofMinutes(1), (stage) -> {
						});
						assertThat(new Proof(messages(), Clock.systemUTC()).of(snapshot, pending).problem())
							.as("seed %d, configuration %d: %s", seed, i, snapshot)
							.isEmpty();
						pending.rollback();
					}
				}
			}
		}
		assertThat(asked).containsExactlyInAnyOrder(Expected.values());
	}

	private static Snapshot snapshot(Map<String, CallRestrictions> extensions, Set<String> codes) {
		var policy = new PolicyRules(1, "Default", "MX", true, "00", new TreeSet<>(Set.of("+", "00")),
				new TreeSet<>(codes), new TreeSet<>(Set.of("911", "060")));
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), new TreeMap<>(extensions),
				List.of("carrier"),
				List.of(OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXXXX", "00ZXXXX!"))),
				NumberRestrictions.none());
	}

	/**
	 * Says what is expected.
	 *
	 * @param ran whether it runs numbers
	 * @param blocked a number that it blocks nevertheless
	 */
	private record Answering(boolean ran, String blocked) implements PendingCommit {

		@Override
		public int generation() {
			return 1;
		}

		@Override
		public ConfigDiff verify() {
			return new ConfigDiff(List.of(), List.of());
		}

		@Override
		public ProbeReport probe(List<Probe> probes) {
			return new ProbeReport(this.ran, probes.stream().map(this::answer).toList());
		}

		private ProbeReport.Answer answer(Probe probe) {
			var told = this.ran || probe.expected() == Expected.EMERGENCY;
			return new ProbeReport.Answer(probe,
					probe.number().equals(this.blocked) ? Expected.BLOCKED : told ? probe.expected() : null);
		}

		@Override
		public void reconnect() {
		}

		@Override
		public void confirm() {
		}

		@Override
		public void rollback() {
		}

	}

}
