package io.tollgate.apply;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.apply.Listener.Event;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.policy.Policies;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Applies as they go on, heard by a real client; and when it hears no more. */
@TollgateTest
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class EventStreamTests {

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	EventStreams streams;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private final UUID run = UUID.randomUUID();

	private TestTokens tokens;

	private GuardedPlants.Plant plant;

	private String token;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "apply:read", "apply:write");
		this.plant = this.plants.connect();
		this.policies.allow(this.plant.policy(), Set.of("54"));
		this.extensions.restore(this.plant.pbx(),
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from apply_target where run_id = ?").param(this.run).update();
		this.jdbc.sql("delete from apply_run where id = ?").param(this.run).update();
		this.plants.remove(this.plant);
		this.tokens.remove();
		Awaitility.await().untilAsserted(() -> assertThat(this.streams.open()).as("no listener is left").isZero());
	}

	private Listener listen(UUID run, String token, String after) {
		return new Listener(this.port, "/api/v1/applies/" + run + "/events", token, after);
	}

	/** Somebody who sees all of the run, and has heard of the wave to come. */
	private Listener listen(String token) {
		var listener = listen(this.run, token, "");
		assertThat(listener.answer().statusCode()).isEqualTo(200);
		assertThat(name(listener)).isEqualTo("later");
		return listener;
	}

	private static String name(Listener listener) {
		return Objects.requireNonNull(listener.next()).data().path("name").asString();
	}

	/** A run whose next wave is far away, so that it goes on and nobody works on it. */
	private void store() {
		store(this.jdbc, this.run, this.plant.pbx());
	}

	static void store(JdbcClient jdbc, UUID run, long pbx) {
		var now = Instant.now().atOffset(ZoneOffset.UTC);
		jdbc.sql("""
				insert into apply_run (id, kind, started_at, actor, waves, wave_ended_at, pause_seconds)
				values (?, 'APPLY', ?, 'somebody', 2, ?, 86400)""").params(run, now, now).update();
		jdbc.sql("""
				insert into apply_target (run_id, pbx_id, pbx_name, wave, stage, checksum, snapshot, updated_at)
				values (?, ?, 'later', 1, 'QUEUED', 'x', '{}', ?)""")
			.params(run, pbx, Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC))
			.update();
	}

	/** Not open, so that no job takes it. */
	private void target(long pbx, String name, Instant at) {
		this.jdbc.sql("""
				insert into apply_target (run_id, pbx_id, pbx_name, to_generation, stage, outcome, checksum, snapshot,
				    updated_at)
				values (?, ?, ?, 1, 'CONFIRMING', 'APPLIED', 'x', '{}', ?)""")
			.params(this.run, pbx, name, at.atOffset(ZoneOffset.UTC))
			.update();
	}

	private void finish() {
		this.jdbc.sql("update apply_run set finished_at = ? where id = ?")
			.params(Instant.now().atOffset(ZoneOffset.UTC), this.run)
			.update();
	}

	@Test
	void anApplyIsHeardFromItsStartToItsEnd(CapturedOutput output) {
		var applied = apply();
		try (var listener = listen(applied, this.token, "")) {
			assertThat(listener.answer().statusCode()).isEqualTo(200);
			assertThat(listener.answer().headers().firstValue("Content-Type").orElseThrow())
				.startsWith("text/event-stream");
			assertThat(listener.answer().headers().firstValue("X-Accel-Buffering")).contains("no");
			var events = listener.rest();
			var end = events.removeLast();
			assertThat(end.name()).isEqualTo("end");
			assertThat(end.data().at("/pbxs/good").asInt()).isOne();
			assertThat(events).isNotEmpty().allSatisfy((event) -> {
				assertThat(event.name()).isEqualTo("step");
				assertThat(event.data().path("pbx").asLong()).isEqualTo(this.plant.pbx());
			});
			assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
			assertThat(events.getLast().data().path("outcome").asString()).isEqualTo("applied");
			var again = listen(applied, this.token, events.getLast().id()).rest();
			assertThat(again.getLast().name()).isEqualTo("end");
		}
		assertThat(output.getAll()).doesNotContain("response has already been committed");
	}

	private UUID apply() {
		var json = JsonMapper.builder().build();
		var http = new Http(this.port);
		var changes = "/api/v1/pbxs/" + this.plant.pbx() + "/changes";
		Awaitility.await()
			.until(() -> !json.readTree(http.get(changes, "Authorization", "Bearer " + this.token).body())
				.path("check")
				.isNull());
		var review = json.readTree(http.get(changes, "Authorization", "Bearer " + this.token).body())
			.path("review")
			.asString();
		var begun = http.exchange("POST", "/api/v1/applies",
				"{\"pbxs\":[{\"pbx\":%d,\"review\":\"%s\"}]}".formatted(this.plant.pbx(), review), "application/json",
				"Authorization", "Bearer " + this.token, "Idempotency-Key", "events");
		assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
		return UUID.fromString(json.readTree(begun.body()).path("apply").asString());
	}

	@Test
	void whoComesBackHearsWhatTheyHaveMissed() {
		store();
		var longAgo = Instant.parse("2026-01-02T03:04:05.678Z");
		target(this.plant.pbx(), "first", longAgo);
		target(this.plant.pbx(), "second", longAgo.plusSeconds(60));
		try (var listener = listen(this.token)) {
			assertThat(name(listener)).isEqualTo("first");
			var second = Objects.requireNonNull(listener.next());
			assertThat(second.data().path("name").asString()).isEqualTo("second");
			// the clock of another portal is behind
			target(this.plant.pbx(), "late", longAgo.plusSeconds(55));
			assertThat(name(listener)).isEqualTo("late");
			listener.leave();
			target(this.plant.pbx(), "missed", longAgo.plusSeconds(120));
			finish();
			assertThat(listen(this.run, this.token, second.id()).rest())
				.extracting((event) -> event.data().path("name").asString(""))
				.containsExactly("late", "second", "missed", "");
		}
		assertThat(listen(this.run, this.token, "x").answer().statusCode()).isEqualTo(400);
	}

	@Test
	void aTokenThatEndsHearsNoMore() {
		store();
		target(this.plant.pbx(), "first", Instant.now());
		try (var listener = listen(this.token)) {
			assertThat(name(listener)).isEqualTo("first");
			this.jdbc.sql("update api_token set revoked_at = ? where name = 'Tests'")
				.param(Instant.now().atOffset(ZoneOffset.UTC))
				.update();
			assertThat(listener.rest()).as("no end of the run, just silence").isEmpty();
		}
		assertThat(listen(this.run, this.token, "").answer().statusCode()).isEqualTo(401);
	}

	@Test
	void whatATokenDoesNotSeeIsNotTold() {
		store();
		target(this.plant.pbx(), "theirs", Instant.now());
		this.upkeeps.save(this.plant.pbx(), new Upkeep("events here", null));
		var limited = this.tokens.make(this.people.username(Role.OPERATOR), Set.of("events here"), "apply:read");
		try (var listener = listen(limited)) {
			assertThat(name(listener)).isEqualTo("theirs");
			this.upkeeps.save(this.plant.pbx(), new Upkeep("elsewhere", null));
			assertThat(listener.rest()).isEmpty();
		}
		assertThat(listen(this.run, limited, "").answer().statusCode()).isEqualTo(404);
		assertThat(listen(UUID.randomUUID(), this.token, "").answer().statusCode()).isEqualTo(404);
	}

	@Test
	void listenersOfATokenAreFew() {
		store();
		var listeners = new ArrayList<Listener>();
		for (int i = 0; i < EventStreams.MOST_OF_A_TOKEN; i++) {
			listeners.add(listen(this.token));
		}
		var refused = listen(this.run, this.token, "");
		assertThat(refused.answer().statusCode()).isEqualTo(429);
		assertThat(refused.answer().headers().firstValue("Retry-After")).isPresent();
		var another = this.tokens.make(this.people.username(Role.VIEWER), "apply:read");
		try (var listener = listen(another)) {
			finish();
			assertThat(listener.rest()).extracting(Event::name).containsExactly("end");
		}
		listeners.forEach((listener) -> assertThat(listener.rest()).hasSize(1));
		assertThat(listen(this.token).rest()).as("there is room again").hasSize(1);
	}

}
