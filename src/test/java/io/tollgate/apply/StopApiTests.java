package io.tollgate.apply;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The fleet stop by scripts, and who may end it. */
@TollgateTest
class StopApiTests {

	private static final String STOP = "/api/v1/stop";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	Generations generations;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private GuardedPlants.Plant plant;

	private String operator;

	private String administrator;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.operator = this.tokens.make(this.people.username(Role.OPERATOR), "apply:read", "apply:write");
		this.administrator = this.tokens.make(this.people.username(Role.ADMINISTRATOR), "apply:read", "apply:write");
		this.plant = this.plants.connect();
		this.policies.allow(this.plant.policy(), Set.of("54"));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from setting where name = 'approval.two-person'").update();
		this.jdbc.sql("delete from approval_request").update();
		this.jdbc.sql("delete from fleet_stop").update();
		this.plants.remove(this.plant);
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String token, String path, String body, String key) {
		return new Http(this.port).exchange(body.isEmpty() ? "GET" : "POST", path, body, "application/json",
				"Authorization", "Bearer " + token, "Idempotency-Key", key);
	}

	private JsonNode get(String path) {
		return json(ask(this.operator, path, "", "none"));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.builder().build().readTree(answer.body());
	}

	/** Waits until what was begun is at its end. */
	private JsonNode ended(HttpResponse<String> begun) {
		assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
		var place = begun.headers().firstValue("Location").orElseThrow();
		Awaitility.await().until(() -> !get(place).path("running").asBoolean());
		return get(place);
	}

	private void apply() {
		var changes = "/api/v1/pbxs/" + this.plant.pbx() + "/changes";
		Awaitility.await().until(() -> !get(changes).path("check").isNull());
		ended(ask(this.operator, "/api/v1/applies", "{\"pbxs\":[{\"pbx\":%d,\"review\":\"%s\"}]}"
			.formatted(this.plant.pbx(), get(changes).path("review").asString()), "first"));
	}

	private boolean stopped() {
		return this.generations.newest(this.plant.pbx()).orElseThrow().isStopped();
	}

	@Test
	void aScriptStopsEverythingAndAnAdministratorsLiftsIt() {
		assertThat(ask(this.operator, STOP, "{}", "early").statusCode()).as("nothing to stop").isEqualTo(422);
		apply();
		assertThat(ask(this.operator, STOP, "{}", "").statusCode()).as("needs a key").isEqualTo(400);
		var run = ask(this.operator, STOP, "{\"reason\":\"400 calls\"}", "alarm");
		assertThat(ask(this.operator, STOP, "{\"reason\":\"400 calls\"}", "alarm").body()).isEqualTo(run.body());
		assertThat(ask(this.operator, STOP, "{}", "alarm-2").body()).as("one is on").isEqualTo(run.body());
		assertThat(ended(run).path("kind").asString()).isEqualTo("stop");
		assertThat(stopped()).isTrue();
		var state = get(STOP);
		assertThat(state.path("on").asBoolean()).isTrue();
		assertThat(state.path("by").asString()).isEqualTo("operator (token Tests)");
		assertThat(state.path("reason").asString()).isEqualTo("400 calls");

		assertThat(ask(this.operator, STOP + "/lift", "{}", "lift").statusCode()).isEqualTo(403);
		assertThat(ended(ask(this.administrator, STOP + "/lift", "{}", "lift")).path("kind").asString())
			.isEqualTo("lift");
		assertThat(stopped()).isFalse();
		assertThat(get(STOP).path("on").asBoolean()).isFalse();
		assertThat(ask(this.administrator, STOP + "/lift", "{}", "lift-2").statusCode()).as("none is on")
			.isEqualTo(422);
	}

	@Test
	void aTokenOfSomePbxsStopsAndLiftsNothing() {
		apply();
		this.upkeeps.save(this.plant.pbx(), new Upkeep("stop group", null));
		var limited = this.tokens.make(this.people.username(Role.ADMINISTRATOR), Set.of("stop group"), "apply:write");
		assertThat(ask(limited, STOP, "{}", "limited").statusCode()).isEqualTo(403);
		ended(ask(this.operator, STOP, "{}", "alarm"));
		assertThat(ask(limited, STOP + "/lift", "{}", "limited").statusCode()).isEqualTo(403);
		twoPersons();
		assertThat(ask(limited, STOP + "/lift", "{\"reason\":\"x\"}", "limited").statusCode()).isEqualTo(403);
		assertThat(stopped()).isTrue();
	}

	private Http twoPersons() {
		var person = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		person.get("/approvals");
		person.post("/approvals/rule", Map.of("on", "true"));
		return person;
	}

	@Test
	void withTwoPersonsATokenOnlyAsks() {
		apply();
		ended(ask(this.operator, STOP, "{}", "alarm"));
		var person = twoPersons();
		var without = ask(this.administrator, STOP + "/lift", "{}", "lift");
		assertThat(json(without).at("/errors/0/path").asString()).isEqualTo("/reason");
		var asked = ask(this.administrator, STOP + "/lift", "{\"reason\":\"all is well\"}", "lift");
		assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
		assertThat(ask(this.administrator, STOP + "/lift", "{\"reason\":\"all is well\"}", "lift").body())
			.isEqualTo(asked.body());
		var place = asked.headers().firstValue("Location").orElseThrow();
		assertThat(get(place).path("state").asString()).isEqualTo("waiting");
		assertThat(person.post("/approvals/" + json(asked).path("approval").asString() + "/approve", Map.of())
			.statusCode()).as("its maker").isEqualTo(403);
		assertThat(stopped()).isTrue();
		assertThat(get(STOP).path("on").asBoolean()).isTrue();
	}

}
