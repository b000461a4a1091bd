package io.tollgate.apply;

import java.util.UUID;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a stream of events lasts in which nothing happens. */
@TollgateTest
@Timeout(120)
@TestPropertySource(
		properties = { "test.database=event-times", "tollgate.api.heartbeat=200ms", "tollgate.api.longest-stream=3s" })
class EventTimesTests {

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	EventStreams streams;

	@Autowired
	GuardedPlants plants;

	@Autowired
	ApplicationContext portal;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@Test
	void theLineIsKeptAndEndsAfterAWhileOrWithThePortal() {
		var run = UUID.randomUUID();
		var plant = this.plants.connect();
		EventStreamTests.store(this.jdbc, run, plant.pbx());
		var token = this.beans.createBean(TestTokens.class).make(this.people.username(Role.VIEWER), "apply:read");
		var path = "/api/v1/applies/" + run + "/events";
		long begun = System.nanoTime();
		try (var listener = new Listener(this.port, path, token, "")) {
			assertThat(listener.rest()).as("no end").extracting(Listener.Event::name).containsExactly("step");
			assertThat(System.nanoTime() - begun).isGreaterThan(2_900_000_000L);
			assertThat(listener.comments()).isGreaterThanOrEqualTo(3);
		}
		begun = System.nanoTime();
		try (var listener = new Listener(this.port, path, token, "")) {
			assertThat(listener.next()).isNotNull();
			this.streams.close(new ContextClosedEvent(new StaticApplicationContext()));
			assertThat(System.nanoTime() - begun).as("another context is closed").isLessThan(2_900_000_000L);
			this.streams.close(new ContextClosedEvent(this.portal));
			assertThat(listener.rest()).isEmpty();
			assertThat(System.nanoTime() - begun).isLessThan(2_900_000_000L);
		}
		this.plants.remove(plant);
		Awaitility.await().untilAsserted(() -> assertThat(this.streams.open()).isZero());
	}

}
