package io.tollgate.tester;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted of dial tests: countries and reasons, no numbers. */
class DialMetersTests {

	@Test
	void countsByCountryAndReason() {
		var registry = new SimpleMeterRegistry();
		var meters = new DialMeters(registry);
		meters.told(new Verdict(Reason.COUNTRY, List.of(), true, "621938384", "62", List.of()));
		meters.told(new Verdict(Reason.EXTENSION, List.of(), true, "541938384", "54", List.of()));
		meters.told(new Verdict(Reason.NO_ROUTE, List.of(), false, null, null, List.of()));
		assertThat(count(registry, "country", "ID")).isEqualTo(1);
		assertThat(count(registry, "extension", "AR")).isEqualTo(1);
		assertThat(count(registry, "no-route", "none")).isEqualTo(1);
		assertThat(count(registry, "routed", "none")).isZero();
	}

	private static double count(SimpleMeterRegistry registry, String reason, String country) {
		return registry.get("tollgate.dial.tests").tag("reason", reason).tag("country", country).counter().count();
	}

}
