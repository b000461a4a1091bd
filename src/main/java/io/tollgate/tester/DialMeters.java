package io.tollgate.tester;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import org.springframework.stereotype.Component;

/**
 * Times decisions, and counts what dial tests were told. Calls themselves are judged on
 * the PBXs.
 */
@Component
class DialMeters {

	private static final Duration[] BOUNDS = { Duration.ofNanos(10_000), Duration.ofNanos(100_000),
			Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100) };

	private static final String TESTS = "tollgate.dial.tests";

	private final MeterRegistry registry;

	private final Timer decisions;

	DialMeters(MeterRegistry registry) {
		this.registry = registry;
		this.decisions = Timer.builder("tollgate.decisions")
			.description("Decisions about one call, made for the dial tester")
			.serviceLevelObjectives(BOUNDS)
			.register(registry);
		for (var reason : Verdict.Reason.values()) {
			tests(reason, "none");
		}
	}

	/** Judges a call. */
	Verdict judge(Snapshot snapshot, Call call) {
		var begun = System.nanoTime();
		var verdict = Decision.judge(snapshot, call);
		this.decisions.record(Duration.ofNanos(System.nanoTime() - begun));
		return verdict;
	}

	/** Counts what somebody was told. */
	void told(Verdict verdict) {
		var code = verdict.callingCode();
		tests(verdict.reason(),
				(code != null) ? CallingCodes.find(code).map(CallingCodeEntry::label).orElse(code) : "none")
			.increment();
	}

	/** A country or a calling code that has none, of which there are some 250. */
	private Counter tests(Verdict.Reason reason, String country) {
		return Counter.builder(TESTS)
			.description("Dial tests by the rule that decided and the country that was dialed")
			.tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.tag("country", country)
			.register(this.registry);
	}

}
