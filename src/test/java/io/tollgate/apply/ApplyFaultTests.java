package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.tollgate.audit.AuditTrail;
import io.tollgate.connector.Problem;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.lab.FaultProxy.Fault;
import io.tollgate.lab.FaultProxy.Kind;
import io.tollgate.lab.FaultProxy.Way;
import io.tollgate.lab.Seeds;
import io.tollgate.pbx.PbxRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole portal against PBXs that fail, in rounds: everything goes wrong while an
 * apply is at work, then the faults clear, and nobody lifts a finger. Its times are short
 * where they can be.
 */
@SpringBootTest(webEnvironment = WebEnvironment.MOCK,
		properties = { "tollgate.apply.watch-every=1s", "tollgate.apply.confirm-within=2s",
				"tollgate.apply.retry=100ms", "tollgate.apply.retry-most=500ms", "tollgate.apply.poll=100ms",
				"tollgate.apply.ask-again=200ms", "tollgate.asterisk.connect=500ms", "tollgate.asterisk.call=300ms",
				"tollgate.asterisk.verb=5s", "tollgate.asterisk.flush=12ms" })
@ActiveProfiles("test")
class ApplyFaultTests {

	private static final int PBXS = Integer.getInteger("tollgate.faults.pbxs", 40);

	private static final int ROUNDS = Integer.getInteger("tollgate.faults.rounds", 6);

	private static final int RACES = Integer.getInteger("tollgate.faults.races", 3_000);

	/** Of AstDB, as far as the portal waits for it. */
	private static final Duration FLUSH = Duration.ofMillis(10);

	/** A minute of real times, and what a busy machine adds to these. */
	private static final Duration CONVERGED = Duration.ofSeconds(30);

	@Autowired
	ApplicationContext portal;

	private PortalDesk desk;

	@BeforeEach
	void open() {
		this.desk = new PortalDesk(this.portal);
	}

	@AfterEach
	void clear() {
		this.desk.clear();
	}

	@Test
	void convergesByItselfAfterEveryFault() {
		Seeds.each("fleet faults", 1, 1, (seed) -> {
			try (var fleet = new FaultFleet(this.desk, PBXS, FLUSH, seed)) {
				fleet.apply();
				fleet.until("the first apply", CONVERGED, fleet::allInSync);
				var size = fleet.measured(() -> {
					fleet.edit();
					fleet.apply();
					fleet.until("the second apply", CONVERGED, fleet::allInSync);
				});
				for (int round = 0; round < ROUNDS; round++) {
					fleet.edit();
					fleet.spoil(size);
					assertThat(fleet.apply()).isPositive();
					fleet.watch(Duration.ofMillis(1500));
					fleet.mend();
					fleet.until("round " + round, CONVERGED, fleet::allSettled);
					fleet.check();
				}
				fleet.edit();
				fleet.apply();
				fleet.until("the last apply", CONVERGED, fleet::allInSync);
				fleet.check();
				System.out.println(fleet);
			}
		});
	}

	/**
	 * The one who asks again is told that it is under way, and what is under way counts.
	 */
	@Test
	void doesOnceWhatIsAskedForTwice() {
		try (var fleet = new FaultFleet(this.desk, 3, FLUSH, 1)) {
			fleet.apply();
			fleet.until("the first apply", CONVERGED, fleet::allInSync);
			fleet.edit();
			fleet.places()
				.forEach((place) -> place.proxy
					.arm(new Fault(Kind.SILENCE, Way.TO_PBX, 0, "", true, 1, place.pbx::crash)));
			assertThat(fleet.apply()).isEqualTo(3);
			assertThat(fleet.apply()).isZero();
			fleet.mend();
			fleet.until("the second apply", CONVERGED, fleet::allInSync);
			fleet.check();
		}
	}

	@Test
	void findsAHandAtThePbxAndNeverOverwritesItUnasked() {
		try (var fleet = new FaultFleet(this.desk, 3, FLUSH, 1)) {
			fleet.apply();
			fleet.until("the first apply", CONVERGED, fleet::allInSync);
			for (var place : fleet.places()) {
				place.history.forgive("a hand");
				place.pbx.put("tollgate/1/e164/882", "ai");
			}
			fleet.until("found", Duration.ofSeconds(10),
					() -> fleet.places().stream().allMatch((place) -> fleet.state(place).equals("DRIFTED")));
			fleet.edit();
			fleet.apply();
			fleet.until("refused", CONVERGED, () -> this.desk.open().isEmpty());
			assertThat(this.desk.ended()).extracting(Desk.Ended::outcome)
				.containsExactly("APPLIED", "APPLIED", "APPLIED", "REFUSED", "REFUSED", "REFUSED");
			assertThat(fleet.places())
				.allSatisfy((place) -> assertThat(place.pbx.astDb()).containsEntry("tollgate/1/e164/882", "ai")
					.containsEntry("tollgate/active", "1"));
			for (var claim : this.desk.claims()) {
				var place = fleet.places()
					.stream()
					.filter((each) -> each.id == claim.pbxId())
					.findFirst()
					.orElseThrow();
				assertThat(fleet.start(place, claim.drift())).isTrue();
			}
			fleet.until("overwritten knowingly", CONVERGED, fleet::allInSync);
			fleet.check();
		}
	}

	/**
	 * Many press Apply for the same few PBXs all the time. The database decides: one is
	 * taken, who is late is told, and nobody gets an error.
	 */
	@Test
	void ofTwoWhoApplyAtOnceOneIsToldThatHeIsLate() throws Exception {
		try (var fleet = new FaultFleet(this.desk, 2, FLUSH, 1)) {
			fleet.apply();
			fleet.until("the first apply", CONVERGED, fleet::allInSync);
			var wanted = fleet.places().stream().map((place) -> wanted(place.id)).toList();
			fleet.places().forEach((place) -> retire(place.id));
			int before = this.desk.targets().size();
			var people = new ArrayList<Future<int[]>>();
			try (var threads = Executors.newFixedThreadPool(4)) {
				var owner = new AtomicReference<Thread>();
				for (int i = 0; i < 4; i++) {
					people.add(threads.submit(() -> press(wanted, RACES / 4, owner)));
				}
			}
			int taken = 0;
			int late = 0;
			for (var person : people) {
				taken += person.get()[0];
				late += person.get()[1];
			}
			System.out.println(RACES + " races: " + taken + " taken, " + late + " late");
			assertThat(taken + late).isEqualTo(RACES / 4 * 4);
			assertThat(late).isPositive();
			assertThat(this.desk.targets()).hasSize(before + taken * wanted.size());
			assertThat(this.desk.open()).isEmpty();
			assertThat(this.portal.getBean(ApplyClaims.class).held()).isEmpty();
		}
	}

	/** So often: begins an apply, ends it at once. */
	private int[] press(List<Wanted> wanted, int times, AtomicReference<Thread> owner) {
		var starter = new RunStarter(this.portal.getBean(ApplyRunRepository.class),
				this.portal.getBean(ApplyTargets.class), this.portal.getBean(ApplyClaims.class),
				this.portal.getBean(Snapshots.class), this.portal.getBean(Upkeeps.class),
				this.portal.getBean(AuditTrail.class), (event) -> {
				}, Clock.systemUTC());
		var transaction = this.portal.getBean(TransactionTemplate.class);
		var records = this.portal.getBean(ApplyRecords.class);
		var targets = this.portal.getBean(ApplyTargets.class);
		var counts = new int[2];
		for (int i = 0; i < times; i++) {
			var result = transaction.execute((status) -> {
				var answer = starter.start(RunKind.APPLY, "somebody", null, wanted);
				if (!(answer instanceof StartResult.Started)) {
					status.setRollbackOnly();
				}
				return answer;
			});
			if (!(result instanceof StartResult.Started started)) {
				assertThat(result).isInstanceOf(StartResult.Busy.class);
				counts[1]++;
				continue;
			}
			counts[0]++;
			assertThat(owner.compareAndSet(null, Thread.currentThread())).as("the only one").isTrue();
			var heads = targets.heads(started.runId());
			heads.forEach((head) -> assertThat(records.begin(head.id())).isPresent());
			records.ended(heads.getFirst().id(), new Outcome.Refused(Problem.of("drifted")), "raced");
			owner.set(null);
			heads.stream()
				.skip(1)
				.forEach((head) -> records.ended(head.id(), new Outcome.Refused(Problem.of("drifted")), "raced"));
		}
		return counts;
	}

	private Wanted wanted(long pbxId) {
		var draft = this.desk.draft(pbxId);
		var snapshots = this.portal.getBean(Snapshots.class);
		var pbx = this.portal.getBean(PbxRegistry.class).find(pbxId).orElseThrow();
		return new Wanted(pbxId, pbx.name(), null, "words", draft.checksum(), "", snapshots.draft(pbx));
	}

	/** Its job has nothing to do for years. */
	private void retire(long pbxId) {
		var jdbc = this.portal.getBean(JdbcClient.class);
		for (int quiet = 0; quiet < 10; quiet++) {
			int changed = jdbc.sql("""
					update scheduled_tasks set execution_time = ?, version = version + 1
					where task_instance = ? and picked = false and execution_time < ?""")
				.params(OffsetDateTime.now(ZoneOffset.UTC).plusYears(9), String.valueOf(pbxId),
						OffsetDateTime.now(ZoneOffset.UTC).plusYears(8))
				.update();
			if (changed > 0) {
				quiet = 0;
			}
			LockSupport.parkNanos(50_000_000);
		}
	}

}
