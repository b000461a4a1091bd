package io.tollgate.apply;

import java.time.Duration;

import io.tollgate.lab.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;

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

}
