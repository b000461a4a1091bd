package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.policy.Policies;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A fleet stop and its end, against a simulated PBX. */
@TollgateTest
class FleetStopTests {

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	Generations generations;

	@Autowired
	FleetStop stop;

	@Autowired
	StopState state;

	@Autowired
	Snapshots snapshots;

	@Autowired
	Discard discard;

	@Autowired
	Restores restores;

	@Autowired
	PbxJobs jobs;

	@Autowired
	JdbcClient jdbc;

	private GuardedPlants.Plant plant;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.plant = this.plants.connect();
		this.simulated = this.plant.simulated();
		this.policy = this.plant.policy();
		this.pbx = this.plant.pbx();
		this.policies.allow(this.policy, Set.of("54"));
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from fleet_stop").update();
		this.plants.remove(this.plant);
	}

	@Test
	void withdrawsAllWaysAbroadAndGivesThemBack() {
		assertThat(ended(apply())).isEqualTo(OutcomeKind.APPLIED);
		var run = this.stop.start("fraud").orElseThrow();
		assertThat(this.stop.start(null)).as("a second press").contains(run);
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "2")
			.doesNotContainKey("tollgate/2/e164/54");
		assertThat(live("005491138384")).isEqualTo(Reason.COUNTRY);
		assertThat(live("812345678")).isEqualTo(Reason.ROUTED);
		assertThat(live("911")).isEqualTo(Reason.EMERGENCY);
		assertThat(this.pending.summary().count()).as("a stop is no edit").isZero();
		assertThat(this.policies.rules(this.policy).allowedCodes()).containsExactly("54");
		assertThat(ended(this.stop.lift("all is well").run().orElseThrow())).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "3")
			.containsEntry("tollgate/3/e164/54", "ai");
		assertThat(live("005491138384")).isEqualTo(Reason.ROUTED);
		assertThat(this.pending.summary().count()).isZero();
		assertThat(this.stop.lift("").wasOn()).as("a second press").isFalse();
		assertThat(this.jdbc.sql("select action from audit_event where action like 'fleet.%' order by id desc limit 2")
			.query(String.class)
			.list()).containsExactly("fleet.stop-lifted", "fleet.stopped");
		assertThat(
				this.jdbc.sql("select after_text from audit_event where action like 'fleet.%' order by id desc limit 2")
					.query(String.class)
					.list())
			.containsExactly("all is well", "fraud");
	}

	@Test
	void whatIsAppliedDuringAStopKeepsIt() {
		ended(apply());
		ended(this.stop.start(null).orElseThrow());
		this.policies.allow(this.policy, Set.of("62"));
		assertThat(this.pending.summary().count()).isOne();
		assertThat(ended(apply())).isIn(OutcomeKind.APPLIED, OutcomeKind.NO_CHANGE);
		assertThat(live("00621938384")).isEqualTo(Reason.COUNTRY);
		assertThat(this.pending.summary().count()).isZero();
		this.policies.allow(this.policy, Set.of("44"));
		assertThat(this.discard.all()).isZero();
		assertThat(this.policies.rules(this.policy).allowedCodes()).containsExactlyInAnyOrder("54", "62");
		this.policies.allow(this.policy, Set.of("33"));
		ended(this.stop.lift("").run().orElseThrow());
		assertThat(live("00621938384")).isEqualTo(Reason.ROUTED);
		assertThat(live("00331938384")).as("only edited").isEqualTo(Reason.COUNTRY);
		assertThat(this.pending.summary().count()).isOne();
	}

	@Test
	void comesBehindAnApplyThatHasBegunAndTakesWhatThatLeaves() {
		ended(apply());
		this.policies.allow(this.policy, Set.of("62"));
		this.simulated.faults().stopReading(true);
		var begun = apply();
		until(() -> head(begun).stage().isBegun());
		var run = this.stop.start(null).orElseThrow();
		assertThat(head(begun).outcome()).isNull();
		this.simulated.faults().stopReading(false);
		assertThat(ended(begun)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(live("005491138384")).isEqualTo(Reason.COUNTRY);
		assertThat(this.snapshots.rules(this.pbx).orElseThrow().policy().allowedCodes()).as("the apply is not lost")
			.containsExactlyInAnyOrder("54", "62");
	}

	@Test
	void aPbxThatIsDownGetsItWhenItIsBack() {
		ended(apply());
		this.simulated.down();
		this.policies.allow(this.policy, Set.of("62"));
		var waits = apply();
		until(() -> head(waits).stage() == Progress.WAITING);
		var run = this.stop.start(null).orElseThrow();
		assertThat(head(waits).outcome()).isEqualTo(OutcomeKind.SUPERSEDED);
		until(() -> head(run).stage() == Progress.WAITING);
		this.simulated.up();
		this.jobs.soon(List.of(this.pbx));
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(live("005491138384")).isEqualTo(Reason.COUNTRY);
	}

	@Test
	void overwritesWhatAHandHasOpened() {
		ended(apply());
		this.simulated.put("tollgate/1/e164/7", "ai");
		this.jobs.soon(List.of(this.pbx));
		until(() -> this.jdbc.sql("select drift_checksum from pbx_observation where pbx_id = ?")
			.param(this.pbx)
			.query(String.class)
			.single()
			.length() > 0);
		assertThat(ended(this.stop.start(null).orElseThrow())).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "2").doesNotContainKey("tollgate/2/e164/7");
	}

	@Test
	void aFirstApplyDuringAStopHasNoWayAbroad() {
		ended(apply());
		this.stop.start(null);
		until(() -> live("005491138384") == Reason.COUNTRY);
		this.jdbc.sql("delete from generation where pbx_id = ?").param(this.pbx).update();
		assertThat(ended(apply())).isNotNull();
		assertThat(live("005491138384")).isEqualTo(Reason.COUNTRY);
	}

	@Test
	void whatRunsWithoutTheStopIsBroughtToItAndBack() {
		ended(apply());
		this.stop.start(null);
		until(() -> live("005491138384") == Reason.COUNTRY);
		// as if the portal had died before anything was asked of the PBX
		this.jdbc.sql("delete from fleet_stop").update();
		this.jobs.soon(List.of(this.pbx));
		until(() -> live("005491138384") == Reason.ROUTED);
	}

	@Test
	void restoresAnOlderGenerationAndKeepsTheEdits() {
		ended(apply());
		this.policies.allow(this.policy, Set.of("62"));
		ended(apply());
		var older = this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(this.pbx, 1).orElseThrow();
		var seen = this.restores.review(this.pbx, older.getId()).orElseThrow().seen();
		var started = (StartResult.Started) this.restores.start(this.pbx, older.getId(), seen, "62 was a mistake",
				Confirmation.NONE);
		assertThat(ended(started.runId())).isEqualTo(OutcomeKind.APPLIED);
		assertThat(live("00621938384")).isEqualTo(Reason.COUNTRY);
		assertThat(live("005491138384")).isEqualTo(Reason.ROUTED);
		assertThat(this.pending.summary().count()).as("the edit is unapplied again").isOne();
		assertThat(this.restores.start(this.pbx, older.getId(), seen, null, Confirmation.NONE))
			.as("something else runs than was reviewed")
			.isInstanceOf(StartResult.ChangedMeanwhile.class);
		assertThat(this.jdbc.sql("select after_text from audit_event where action = 'apply.rollback' and object_id = ?")
			.param(String.valueOf(this.pbx))
			.query(String.class)
			.single()).contains("generation 1");
	}

	@Test
	void restoringWhatIsWiderIsConfirmedAndKeepsAStop() {
		ended(apply());
		this.policies.block(this.policy, Set.of("54"));
		ended(apply());
		ended(this.stop.start(null).orElseThrow());
		var older = this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(this.pbx, 1).orElseThrow();
		var review = this.restores.review(this.pbx, older.getId()).orElseThrow();
		var started = (StartResult.Started) this.restores.start(this.pbx, older.getId(), review.seen(), null,
				Confirmation.NONE);
		ended(started.runId());
		assertThat(live("005491138384")).isEqualTo(Reason.COUNTRY);
		ended(this.stop.lift("").run().orElseThrow());
		assertThat(live("005491138384")).isEqualTo(Reason.ROUTED);
	}

	private Reason live(String number) {
		return Decision.judge(this.snapshots.applied(this.pbx).orElseThrow(), new Call("1001", number, Instant.now()))
			.reason();
	}

	private UUID apply() {
		var reviewed = this.pending.all().stream().collect(Collectors.toMap(PbxPending::pbxId, PbxPending::checksum));
		return ((StartResult.Started) this.runs.start(reviewed, "because", Confirmation.NONE)).runId();
	}

	private TargetHead head(UUID run) {
		return this.targets.heads(run)
			.stream()
			.filter((target) -> Long.valueOf(this.pbx).equals(target.pbxId()))
			.findFirst()
			.orElseThrow();
	}

	private OutcomeKind ended(UUID run) {
		until(() -> head(run).outcome() != null);
		return head(run).outcome();
	}

	private static void until(BooleanSupplier condition) {
		var end = Instant.now().plusSeconds(60);
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).as("it does not come").isBefore(end);
			LockSupport.parkNanos(20_000_000);
		}
	}

}
