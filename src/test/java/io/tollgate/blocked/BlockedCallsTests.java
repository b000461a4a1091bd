package io.tollgate.blocked;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.apply.PbxTargets;
import io.tollgate.connector.Connector;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a PBX says that it blocked is counted, whatever it says and however often its line
 * breaks.
 */
@TollgateTest
class BlockedCallsTests {

	@Autowired
	PbxRegistry registry;

	@Autowired
	PbxTargets targets;

	@Autowired
	Policies policies;

	@Autowired
	Connector connector;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private BlockedCalls calls;

	private Long pbx;

	private void listenTo(SimulatedPbx simulated) {
		var connection = new PbxConnection("Plant", "127.0.0.1", simulated.port(), false, null, "tollgate");
		this.pbx = this.registry
			.add(new NewPbx(connection, true, this.policies.all().getFirst().id()), GuardedPbx.SECRET)
			.id();
		this.calls = new BlockedCalls(this.registry, this.targets, this.policies, this.connector,
				new BlockedMeters(this.meters), new BlockedProperties(true, Duration.ofHours(1)));
	}

	@AfterEach
	void stop() {
		this.calls.destroy();
		this.registry.remove(this.pbx);
	}

	@Test
	void countsByReasonAndCountry() {
		try (var simulated = GuardedPbx.start()) {
			listenTo(simulated);
			this.calls.look();
			assertThat(simulated.listeners()).as("of a PBX without the guard").isZero();
			this.registry.contacted(this.pbx, "Asterisk 22", GuardStatus.CURRENT);
			this.calls.look();
			await().atMost(Duration.ofSeconds(30)).until(() -> simulated.listeners() == 1);
			blocked(simulated, "1001", "011541938384", "country");
			blocked(simulated, "1001", "011541938384", "country");
			blocked(simulated, "1002", "8765551234", "extension");
			blocked(simulated, "1002", "5551234", "outbound");
			blocked(simulated, "1002", "0\"} 1\nx", "<b>");
			simulated.userEvent("Other", Map.of("Number", "011541938384", "Why", "country"));
			await().atMost(Duration.ofSeconds(30)).until(() -> count("other", "none") == 1);
			assertThat(count("country", "AR")).isEqualTo(2);
			assertThat(count("extension", "JM")).isEqualTo(1);
			assertThat(count("outbound", "none")).isEqualTo(1);
			assertThat(count("country", "none")).isZero();

			simulated.crash();
			await().atMost(Duration.ofSeconds(30)).until(() -> simulated.listeners() == 0);
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				this.calls.look();
				return simulated.listeners() == 1;
			});
			blocked(simulated, "1001", "+541938384", "country");
			await().atMost(Duration.ofSeconds(30)).until(() -> count("country", "AR") == 3);

			this.registry.unreachable(this.pbx, "no line");
			this.calls.look();
			await().atMost(Duration.ofSeconds(30)).until(() -> simulated.listeners() == 0);
		}
	}

	private static void blocked(SimulatedPbx pbx, String who, String number, String why) {
		var headers = new LinkedHashMap<String, String>();
		headers.put("Who", who);
		headers.put("Number", number);
		headers.put("Why", why);
		pbx.userEvent("TollgateBlock", headers);
	}

	private double count(String reason, String country) {
		var counter = this.meters.find("tollgate.blocked.calls")
			.tag("reason", reason)
			.tag("country", country)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

}
