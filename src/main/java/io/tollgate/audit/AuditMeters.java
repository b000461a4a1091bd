package io.tollgate.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How the audit log stands, for monitoring. The database is asked for three rows, every
 * ten seconds at most, however often and by however many it is read.
 */
@Component
class AuditMeters implements MeterBinder {

	private static final Duration KEPT = Duration.ofSeconds(10);

	private final AuditRows rows;

	private final Verifications verifications;

	private final Checkpoints checkpoints;

	private final Forwarder forwarder;

	private final Clock clock;

	private final LoadingCache<Class<?>, Sample> kept = Caffeine.newBuilder()
		.expireAfterWrite(KEPT)
		.build((one) -> look());

	AuditMeters(AuditRows rows, Verifications verifications, Checkpoints checkpoints, Forwarder forwarder,
			Clock clock) {
		this.rows = rows;
		this.verifications = verifications;
		this.checkpoints = checkpoints;
		this.forwarder = forwarder;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "tollgate.audit.entries", "Number of the newest entry of the audit log", Sample::entries);
		gauge(registry, "tollgate.audit.intact",
				"1 when the last verification found the audit log intact, 0 when not; NaN before the first",
				Sample::intact);
		gauge(registry, "tollgate.audit.forward.lag",
				"Entries of the audit log that have not arrived at the syslog receiver; 0 when nothing is forwarded",
				Sample::lag);
		seconds(registry, "tollgate.audit.forward.failing",
				"For how long no entry has arrived at the syslog receiver; 0 when the last ones did", Sample::failing);
		seconds(registry, "tollgate.audit.checkpoint.failing",
				"For how long no checkpoint could be written; 0 when the last one was",
				(sample) -> age(this.checkpoints.failingSince()));
	}

	private void gauge(MeterRegistry registry, String name, String text, ToDoubleFunction<Sample> value) {
		Gauge.builder(name, this, (self) -> value.applyAsDouble(self.kept.get(Sample.class)))
			.description(text)
			.register(registry);
	}

	private void seconds(MeterRegistry registry, String name, String text, ToDoubleFunction<Sample> value) {
		Gauge.builder(name, this, (self) -> value.applyAsDouble(self.kept.get(Sample.class)))
			.description(text)
			.baseUnit("seconds")
			.register(registry);
	}

	/** Without its database nothing is known, and that is said; not asked for again. */
	private Sample look() {
		try {
			var forward = this.forwarder.state();
			return new Sample(this.rows.head().id(), intact(), forward.map((state) -> (double) state.lag()).orElse(0.0),
					age(forward.map(Forwarder.State::failingSince).orElse(null)));
		}
		catch (DataAccessException | TransactionException ex) {
			return Sample.UNKNOWN;
		}
	}

	private double intact() {
		return this.verifications.state().last().map((last) -> last.isIntact() ? 1.0 : 0.0).orElse(Double.NaN);
	}

	private double age(@Nullable Instant since) {
		return (since != null) ? Duration.between(since, Instant.now(this.clock)).toMillis() / 1000.0 : 0;
	}

	private record Sample(double entries, double intact, double lag, double failing) {

		static final Sample UNKNOWN = new Sample(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

	}

}
