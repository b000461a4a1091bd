package io.tollgate.apply;

import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.apply.FleetStatus.PbxStatus.State;
import io.tollgate.connector.Problem;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** What monitoring is told of applies and of the fleet. */
@TollgateTest
class MetersTests {

	@Autowired
	FleetStatus statuses;

	@Autowired
	Observations observations;

	@Autowired
	StopState stop;

	@Autowired
	GuardedPlants plants;

	@Autowired
	JdbcClient jdbc;

	private SimpleMeterRegistry scraped(FleetStatus statuses) {
		var registry = new SimpleMeterRegistry();
		new FleetMeters(statuses, this.observations, this.stop, Clock.systemUTC()).bindTo(registry);
		return registry;
	}

	private double pbxs(SimpleMeterRegistry registry, String state) {
		return registry.get("tollgate.pbxs").tag("state", state).gauge().value();
	}

	@Test
	void countsPbxsByState() {
		var before = pbxs(scraped(this.statuses), "never-applied");
		var plant = this.plants.connect();
		try {
			var registry = scraped(this.statuses);
			assertThat(pbxs(registry, "never-applied")).isEqualTo(before + 1);
			assertThat(registry.get("tollgate.pbxs").gauges()).hasSize(State.values().length);
			var age = registry.get("tollgate.drift.age").gauge().value();
			drift(plant.pbx());
			assertThat(registry.get("tollgate.drift.age").gauge().value()).as("asked just now").isEqualTo(age);
			assertThat(scraped(this.statuses).get("tollgate.drift.age").gauge().value()).isBetween(3600.0, 4000.0);
		}
		finally {
			this.plants.remove(plant);
		}
	}

	private void drift(long pbx) {
		this.observations.store(pbx, 1, Drifts.NONE);
		this.jdbc.sql("update pbx_observation set drift_since = ? where pbx_id = ?")
			.params(Clock.systemUTC().instant().minusSeconds(3600).atOffset(ZoneOffset.UTC), pbx)
			.update();
	}

	@Test
	void saysThatItDoesNotKnowWithoutItsDatabase() {
		var broken = mock(FleetStatus.class);
		given(broken.all()).willThrow(new BadSqlGrammarException("test", "select", new SQLException()));
		var registry = scraped(broken);
		assertThat(pbxs(registry, "in-sync")).isNaN();
		assertThat(registry.get("tollgate.fleet.stop").gauge().value()).isNaN();
	}

	@Test
	void timesAttemptsByWhatTheyCameTo() {
		var registry = new SimpleMeterRegistry();
		var meters = new ApplyMeters(registry);
		meters.timed(() -> new Outcome.Applied(3));
		meters.timed(() -> new Outcome.RolledBack(Problem.of("drifted")));
		assertThat(registry.get("tollgate.apply.attempts").timers()).hasSize(6);
		for (var outcome : new String[] { "applied", "rolled-back" }) {
			assertThat(registry.get("tollgate.apply.attempts").tag("outcome", outcome).timer().count()).as(outcome)
				.isEqualTo(1);
		}
		assertThat(registry.get("tollgate.apply.attempts").tag("outcome", "no-change").timer().count()).isZero();
	}

}
