package io.tollgate.apply;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/** Counts and times what attempts to bring PBXs to something came to. */
@Component
class ApplyMeters {

	private static final Duration[] BOUNDS = { Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
			Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40),
			Duration.ofSeconds(80) };

	private final Map<String, Timer> timers = new LinkedHashMap<>();

	/** All of them at once, so that the first failure is a rise and no new line. */
	ApplyMeters(MeterRegistry registry) {
		for (var kind : Outcome.class.getPermittedSubclasses()) {
			this.timers.put(kind.getSimpleName(), Timer.builder("tollgate.apply.attempts")
				.description("Attempts to bring one PBX to what is wanted, by what they came to")
				.tag("outcome", kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
				.serviceLevelObjectives(BOUNDS)
				.register(registry));
		}
	}

	/** Makes one attempt. */
	Outcome timed(Supplier<Outcome> attempt) {
		var begun = System.nanoTime();
		var outcome = attempt.get();
		Objects.requireNonNull(this.timers.get(outcome.getClass().getSimpleName()))
			.record(Duration.ofNanos(System.nanoTime() - begun));
		return outcome;
	}

}
