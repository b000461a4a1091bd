package io.tollgate.apply;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import io.tollgate.apply.Rollout.First;
import io.tollgate.fleet.Fleet;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.MaintenanceWindow;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.TollgateTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Some PBXs first, then the others, or not. */
@TollgateTest
class StagedRunTests {

	@Autowired
	Fleet fleet;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	ApplyClaims claims;

	@Autowired
	Rollouts rollouts;

	@Autowired
	RunPages pages;

	@Autowired
	PbxJobs jobs;

	@Autowired
	JdbcClient jdbc;

	private final List<SimulatedPbx> simulated = new ArrayList<>();

	private final List<Long> pbxs = new ArrayList<>();

	private long policy;

	@BeforeEach
	void connect() {
		this.policy = ((Changed) this.policies.create("Mexico plants", "MX", null)).rules().id();
		this.policies.setProtection(this.policy, true);
		for (int i = 1; i <= 3; i++) {
			var pbx = GuardedPbx.start();
			this.simulated.add(pbx);
			var connection = new PbxConnection("Plant " + i, "127.0.0.1", pbx.port(), false, null, "tollgate");
			var id = this.fleet.connect(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).pbx().id();
			this.routes.saveFirst(id, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!")));
			this.pbxs.add(id);
		}
	}

	@AfterEach
	void clear() {
		this.pbxs.forEach(this.registry::remove);
		this.policies.delete(this.policy);
		this.simulated.forEach(SimulatedPbx::close);
	}

	@Test
	void theSecondWaveBeginsWhenTheFirstIsThrough() {
		var run = apply(new Rollout(new First.One(this.pbxs.get(1)), Duration.ofHours(1), 0, false));
		until(() -> outcome(run, 1) == OutcomeKind.APPLIED);
		until(() -> page(run).staging().next() != null);
		assertThat(outcome(run, 0)).isNull();
		assertThat(this.simulated.get(0).astDb()).doesNotContainKey("tollgate/active");
		assertThat(page(run).staging().next()).as("an hour of pause").isAfter(Instant.now().plusSeconds(3000));
		assertThat(this.rollouts.goOn(run, 1)).isTrue();
		until(() -> page(run).finishedAt() != null);
		assertThat(page(run).totals().good()).isEqualTo(3);
		assertThat(this.rollouts.goOn(run, 2)).as("there is no third").isFalse();
	}

	@Test
	void aSecondPressBeginsNoFurtherWave() {
		var run = apply(new Rollout(new First.Steps(), Duration.ofHours(1), 0, false));
		until(() -> outcome(run, 0) == OutcomeKind.APPLIED);
		assertThat(this.rollouts.goOn(run, 1)).isTrue();
		assertThat(this.rollouts.goOn(run, 1)).as("it has begun").isTrue();
		assertThat(page(run).staging().wave()).isEqualTo(2);
		assertThat(outcome(run, 2)).isNull();
		this.rollouts.stop(run);
		until(() -> page(run).finishedAt() != null);
	}

	@Test
	void wavesFollowByThemselves() {
		var run = apply(new Rollout(new First.Steps(), Duration.ofSeconds(1), 0, false));
		until(() -> page(run).finishedAt() != null);
		assertThat(page(run).totals().good()).isEqualTo(3);
		assertThat(page(run).staging().wave()).isEqualTo(3);
	}

	@Test
	void theFirstFailureStopsIt() {
		this.simulated.getFirst().delete("extensions.conf");
		this.simulated.getFirst().reload();
		var run = apply(new Rollout(new First.Some(1), Duration.ZERO, 0, false));
		until(() -> page(run).finishedAt() != null);
		assertThat(outcome(run, 0)).isIn(OutcomeKind.REFUSED, OutcomeKind.ROLLED_BACK);
		assertThat(outcome(run, 1)).isEqualTo(OutcomeKind.CANCELLED);
		assertThat(page(run).staging().stopped()).contains("1 of 1");
		assertThat(this.simulated.get(1).astDb()).doesNotContainKey("tollgate/active");
		assertThat(this.claims.held()).doesNotContainAnyElementsOf(this.pbxs);
	}

	@Test
	void whoNoLongerRunsItStopsIt() {
		var run = apply(new Rollout(new First.Some(1), Duration.ofSeconds(3), 0, false));
		until(() -> outcome(run, 0) == OutcomeKind.APPLIED);
		this.simulated.getFirst().put("tollgate/1/e164/62", "ai");
		this.jobs.soon(this.pbxs.subList(0, 1));
		until(() -> page(run).finishedAt() != null);
		assertThat(outcome(run, 1)).isEqualTo(OutcomeKind.CANCELLED);
		assertThat(page(run).staging().stopped()).startsWith("What had got it did not run it any more");
	}

	@Test
	void aPersonStopsIt() {
		this.simulated.getFirst().down();
		var run = apply(new Rollout(new First.Some(1), Duration.ZERO, 0, false));
		until(() -> page(run).totals().waiting() == 1);
		assertThat(this.rollouts.stop(run)).isEqualTo(3);
		until(() -> page(run).finishedAt() != null);
		assertThat(page(run).totals().dropped()).isEqualTo(3);
		this.simulated.getFirst().up();
		assertThat(this.claims.held()).doesNotContainAnyElementsOf(this.pbxs);
	}

	@Test
	void whatIsAppliedMeanwhileTakesThePlaceOfALaterWave() {
		var first = apply(new Rollout(new First.Some(1), Duration.ofHours(1), 0, false));
		until(() -> outcome(first, 0) == OutcomeKind.APPLIED);
		this.policies.allow(this.policy, Set.of("54"));
		var second = apply(Rollout.AT_ONCE);
		until(() -> page(second).finishedAt() != null);
		assertThat(page(second).totals().good()).isEqualTo(3);
		until(() -> page(first).finishedAt() != null);
		assertThat(outcome(first, 1)).isEqualTo(OutcomeKind.SUPERSEDED);
	}

	@Test
	void waitsForTheMaintenanceWindow() {
		var tomorrow = Instant.now().atZone(ZoneOffset.UTC).plusDays(2).getDayOfWeek();
		this.upkeeps.save(this.pbxs.getFirst(), new Upkeep("", window(tomorrow)));
		var run = apply(new Rollout(new First.All(), Duration.ZERO, 100, true));
		until(() -> page(run).totals().good() == 2 && page(run).totals().window() == 1);
		assertThat(this.simulated.getFirst().astDb()).doesNotContainKey("tollgate/active");
		assertThat(page(run).rows().getFirst().cause()).startsWith("Waits for the maintenance window");
		assertThat(this.claims.held()).as("something newer may come").doesNotContain(this.pbxs.getFirst());
		this.upkeeps.save(this.pbxs.getFirst(), Upkeep.NONE);
		this.jobs.soon(this.pbxs.subList(0, 1));
		until(() -> outcome(run, 0) == OutcomeKind.APPLIED);
	}

	private static MaintenanceWindow window(DayOfWeek day) {
		return new MaintenanceWindow(new TreeSet<>(Set.of(day)), 60, 120, ZoneOffset.UTC);
	}

	private UUID apply(Rollout rollout) {
		Map<Long, String> seen = this.pending.all()
			.stream()
			.filter((pbx) -> this.pbxs.contains(pbx.pbxId()))
			.collect(Collectors.toMap(PbxPending::pbxId, PbxPending::checksum));
		var result = this.runs.start(seen, null, Confirmation.NONE, rollout);
		while (result instanceof StartResult.BeingChecked) {
			result = this.runs.start(seen, null, Confirmation.NONE, rollout);
		}
		return ((StartResult.Started) result).runId();
	}

	private OutcomeKind outcome(UUID run, int pbx) {
		return this.targets.heads(run)
			.stream()
			.filter((target) -> this.pbxs.get(pbx).equals(target.pbxId()))
			.findFirst()
			.orElseThrow()
			.outcome();
	}

	private RunPages.RunPage page(UUID run) {
		return this.pages.run(run, RunPages.ALL, ListQuery.USUAL, Locale.ENGLISH).orElseThrow();
	}

	private static void until(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(condition);
	}

}
