package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollgate.apply.FleetStatus.PbxStatus;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How many PBXs stand how, for monitoring: what the fleet's page shows, read every ten
 * seconds at most, however often and by however many it is asked for.
 */
@Component
class FleetMeters implements MeterBinder {

	private static final Duration KEPT = Duration.ofSeconds(10);

	private final FleetStatus statuses;

	private final Observations observations;

	private final StopState stop;

	private final Clock clock;

	private final LoadingCache<Class<?>, Sample> kept = Caffeine.newBuilder()
		.expireAfterWrite(KEPT)
		.build((one) -> look());

	FleetMeters(FleetStatus statuses, Observations observations, StopState stop, Clock clock) {
		this.statuses = statuses;
		this.observations = observations;
		this.stop = stop;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (var state : PbxStatus.State.values()) {
			gauge("tollgate.pbxs", (sample) -> sample.pbxs(state)).description("PBXs by how they stand")
				.tag("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.register(registry);
		}
		gauge("tollgate.drift.age", Sample::driftAge)
			.description("For how long the PBX that drifted first has run something else than what was applied to it; "
					+ "0 when none does")
			.baseUnit("seconds")
			.register(registry);
		gauge("tollgate.pending.changes", Sample::changes)
			.description("Changes that wait for an apply, those of all PBXs together")
			.register(registry);
		gauge("tollgate.fleet.stop", Sample::stopped).description("1 while a fleet stop is on, otherwise 0")
			.register(registry);
	}

	private Gauge.Builder<FleetMeters> gauge(String name, ToDoubleFunction<Sample> value) {
		return Gauge.builder(name, this, (self) -> value.applyAsDouble(self.kept.get(Sample.class)));
	}

	/** Without its database nothing is known, and that is said; not asked for again. */
	private Sample look() {
		try {
			var counts = new EnumMap<PbxStatus.State, Integer>(PbxStatus.State.class);
			double changes = 0;
			for (var status : this.statuses.all().values()) {
				counts.merge(status.state(), 1, Integer::sum);
				changes += status.pendingChanges();
			}
			return new Sample(true, counts, driftAge(), changes, this.stop.isOn() ? 1 : 0);
		}
		catch (DataAccessException | TransactionException ex) {
			return new Sample(false, Map.of(), Double.NaN, Double.NaN, Double.NaN);
		}
	}

	private double driftAge() {
		var now = Instant.now(this.clock);
		return this.observations.all()
			.values()
			.stream()
			.map(Observations.Seen::driftSince)
			.filter(Objects::nonNull)
			.mapToDouble((since) -> Duration.between(since, now).toMillis() / 1000.0)
			.max()
			.orElse(0);
	}

	private record Sample(boolean known, Map<PbxStatus.State, Integer> counts, double driftAge, double changes,
			double stopped) {

		double pbxs(PbxStatus.State state) {
			if (!this.known) {
				return Double.NaN;
			}
			return this.counts.getOrDefault(state, 0);
		}

	}

}
