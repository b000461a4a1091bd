package io.tollgate.apply;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.policy.Policies;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
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

/** Review and apply over the API, against a simulated PBX. */
@TollgateTest
class ApplyApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

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

	private String operators;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.operators = this.tokens.make(this.people.username(Role.OPERATOR), "apply:read", "apply:write");
		this.plant = this.plants.connect();
		this.policies.allow(this.plant.policy(), Set.of("54"));
		this.extensions.restore(this.plant.pbx(),
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from setting where name = 'approval.two-person'").update();
		this.jdbc.sql("delete from approval_request").update();
		this.jdbc.sql("delete from fleet_stop").update();
		this.plants.remove(this.plant);
		this.tokens.remove();
	}

	@Test
	void whatIsEditedIsReviewedAndApplied() {
		var listed = json(get("/api/v1/changes"));
		assertThat(listed.path("pbxs").asInt()).isOne();
		var review = json(get(changes()));
		assertThat(listed.path("items").get(0).path("review")).isEqualTo(review.path("review"));
		assertThat(review.path("generation").isNull()).isTrue();
		assertThat(review.path("changes").get(0).path("kind").asString()).isEqualTo("first");
		assertThat(review.path("changes").get(0).path("text").asString()).isNotEmpty();
		assertThat(checked().path("check").path("difference").toString()).contains("Argentina (+54)");

		var begun = begin("night-1", these());
		assertThat(begun.statusCode()).isEqualTo(201);
		var place = begun.headers().firstValue("Location").orElseThrow();
		until(() -> !json(get(place)).path("running").asBoolean());
		var run = json(get(place));
		assertThat(run.path("actor").asString()).isEqualTo("operator (token Tests)");
		assertThat(run.path("pbxs").get(0).path("outcome").asString()).isEqualTo("applied");
		assertThat(run.path("pbxs").get(0).path("state").asString()).isEqualTo("Applied");
		assertThat(run.path("totals").path("good").asInt()).isOne();
		assertThat(json(get("/api/v1/applies")).path("items").get(0).path("id")).isEqualTo(run.path("id"));
		assertThat(json(get(place + "?show=failed")).path("pbxs").isEmpty()).isTrue();
		// a script that counts pages by itself comes to an end
		for (var beyond : List.of(1, 1_000_000)) {
			var page = json(get(place + "?page=" + beyond));
			assertThat(page.path("pbxs").isEmpty()).isTrue();
			assertThat(page.path("next").isNull()).isTrue();
		}
		assertThat(get(place + "?show=some").statusCode()).isEqualTo(400);
		assertThat(json(get(changes())).path("changes").isEmpty()).isTrue();
		assertThat(json(get(changes())).path("review").isNull()).isTrue();
	}

	@Test
	void theSameKeyBeginsOneApply() {
		var body = these();
		var first = begin("night-2", body);
		assertThat(first.statusCode()).isEqualTo(201);
		var again = begin("night-2", " " + body);
		assertThat(again.statusCode()).isEqualTo(201);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(again.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
		var other = begin("night-2", "{\"review\":\"x\"}");
		assertThat(other.statusCode()).isEqualTo(422);
		assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(begin("", body).statusCode()).isEqualTo(400);
		assertThat(begin("x".repeat(101), body).statusCode()).isEqualTo(400);
		assertThat(runs()).isOne();
		ended(first);
	}

	/** A key is a token's own. */
	@Test
	void anotherTokenMayHaveTheSameKey() {
		var body = these();
		ended(begin("night-3", body));
		var another = this.tokens.make(this.people.username(Role.ADMINISTRATOR), "apply:write");
		assertThat(ask(another, "POST", "/api/v1/applies", body, "night-3").statusCode()).isEqualTo(422);
		assertThat(runs()).isOne();
	}

	@Test
	void ofManyThatAskAtOnceOneBegins() throws Exception {
		var body = these();
		try (var threads = Executors.newFixedThreadPool(6)) {
			Callable<HttpResponse<String>> press = () -> begin("night-4", body);
			for (var answer : threads.invokeAll(List.of(press, press, press, press, press, press))) {
				assertThat(answer.get().statusCode()).isIn(201, 409);
			}
		}
		assertThat(runs()).isOne();
		ended(begin("night-4", body));
	}

	/** What came to nothing can be asked for again with the same key. */
	@Test
	void aRefusalIsNotKept() {
		assertThat(begin("night-5", "{}").statusCode()).isEqualTo(422);
		assertThat(begin("night-5", "{\"pbxs\":[{\"pbx\":" + this.plant.pbx() + ",\"review\":\"old\"}]}").statusCode())
			.isEqualTo(412);
		assertThat(begin("night-5", "{\"review\":\"old\"}").statusCode()).isEqualTo(412);
		assertThat(begin("night-5", "{\"pbxs\":[{\"pbx\":-1,\"review\":\"old\"}]}").statusCode()).isEqualTo(404);
		assertThat(begin("night-5", "{\"pbxs\":[]}").statusCode()).isEqualTo(422);
		var rollout = begin("night-5", these().replace("]}", "],\"rollout\":{\"first\":\"nobody\"}}"));
		assertThat(json(rollout).path("errors").get(0).path("path").asString()).isEqualTo("/rollout");
		assertThat(begin("night-5", these().replace("]}", "],\"rollout\":{\"pauseMinutes\":-1}}")).statusCode())
			.isEqualTo(400);
		assertThat(runs()).isZero();
		assertThat(ended(begin("night-5", these())).path("pbxs").get(0).path("outcome").asString())
			.isEqualTo("applied");
	}

	@Test
	void allThatIsSeenIsAppliedAtOnce() throws IOException {
		checked();
		var review = json(get("/api/v1/changes")).path("review").asString();
		ended(begin("night-6", example().replace("the review of GET /api/v1/changes", review)));
		assertThat(this.generations.newest(this.plant.pbx())).isPresent();
		assertThat(begin("night-7", "{\"review\":\"" + review + "\"}").statusCode()).isEqualTo(422);
	}

	@Test
	void hostileBodiesAreRefused() {
		for (var body : List.of("", "[]", "{\"pbxs\":[{\"pbx\":\"1\",\"review\":\"x\"}]}", "{\"pbxs\":[null]}",
				"{\"pbxs\":[{\"review\":\"x\"}]}", "{\"review\":\"a\",\"review\":\"b\"}", "{\"force\":true}",
				"{\"review\":\"" + "x".repeat(65) + "\"}")) {
			assertThat(begin("hostile", body).statusCode()).as(body).isEqualTo(400);
		}
		assertThat(runs()).isZero();
	}

	@Test
	void whoMayOnlyReadAppliesNothing() {
		var viewers = this.tokens.make(this.people.username(Role.VIEWER), TestTokens.all());
		assertThat(ask(viewers, "POST", "/api/v1/applies", these(), "v").statusCode()).isEqualTo(403);
		var readers = this.tokens.make(this.people.username(Role.OPERATOR), "apply:read");
		assertThat(ask(readers, "POST", "/api/v1/applies", these(), "v").statusCode()).isEqualTo(403);
		assertThat(ask("none", "POST", "/api/v1/applies", these(), "v").statusCode()).isEqualTo(401);
		assertThat(get("/api/v1/applies/00000000-0000-0000-0000-000000000000").statusCode()).isEqualTo(404);
	}

	@Test
	void whatLoosensWaitsForAPersonWhoDidNotMakeTheToken() {
		ended(begin("first", these()));
		twoPersons();
		this.policies.allow(this.plant.policy(), Set.of("62"));
		assertThat(checked().path("check").path("secondPerson").asBoolean()).isTrue();
		var without = begin("loosen", these());
		assertThat(json(without).path("errors").get(0).path("path").asString()).isEqualTo("/reason");
		var body = these().replace("]}", "],\"reason\":\"new plant\"}");
		var asked = begin("loosen", body);
		assertThat(asked.statusCode()).isEqualTo(202);
		assertThat(json(asked).path("state").asString()).isEqualTo("waiting");
		assertThat(json(asked).path("apply").isNull()).isTrue();
		assertThat(begin("loosen", body).body()).isEqualTo(asked.body());
		var place = asked.headers().firstValue("Location").orElseThrow();
		assertThat(json(get(place)).path("state").asString()).isEqualTo("waiting");

		var approve = "/approvals/" + json(asked).path("approval").asString() + "/approve";
		var administrators = this.tokens.make(this.people.username(Role.ADMINISTRATOR), TestTokens.all());
		assertThat(ask(administrators, "POST", "/api/v1" + approve, "{}", "x").statusCode()).as("no token agrees")
			.isEqualTo(404);
		assertThat(person(Role.OPERATOR).post(approve, Map.of()).statusCode()).as("its maker").isEqualTo(403);
		assertThat(this.generations.newest(this.plant.pbx()).orElseThrow().getNumber()).isOne();
		assertThat(person(Role.ADMINISTRATOR).post(approve, Map.of()).statusCode()).isEqualTo(302);
		until(() -> this.generations.newest(this.plant.pbx()).orElseThrow().getNumber() == 2);
		var agreed = json(get(place));
		assertThat(agreed.path("state").asString()).isEqualTo("approved");
		var run = json(get(agreed.path("result").asString()));
		assertThat(List.of(run.path("actor").asString(), run.path("approvedBy").asString()))
			.containsExactly("operator (token Tests)", "administrator");
	}

	/** The body of the one in the documents. */
	private static String example() throws IOException {
		return Files.readAllLines(Path.of("docs", "api.md"))
			.stream()
			.filter((line) -> line.startsWith("curl -X POST ") && line.endsWith("/api/v1/applies"))
			.map((line) -> line.replaceAll(".* -d '([^']+)' .*", "$1"))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aConnectionIsTested() {
		var path = "/api/v1/pbxs/" + this.plant.pbx() + "/connection-tests";
		assertThat(ask(this.operators, "POST", path, "", "").statusCode()).isEqualTo(403);
		var testers = this.tokens.make(this.people.username(Role.OPERATOR), "pbx:write");
		var tested = json(ask(testers, "POST", path, "", ""));
		assertThat(tested.path("usable").asBoolean()).isTrue();
		assertThat(tested.path("steps").get(0).path("name").asString()).isEqualTo("reach");
		assertThat(tested.path("steps").get(0).path("result").asString()).isEqualTo("passed");
		assertThat(tested.toString()).doesNotContain(GuardedPbx.SECRET);
	}

	@Test
	void aPbxGoesBackToWhatWasReviewed() {
		ended(begin("one", these()));
		this.policies.block(this.plant.policy(), Set.of("54"));
		ended(begin("two", these()));
		var generations = "/api/v1/pbxs/" + this.plant.pbx() + "/generations";
		var items = json(get(generations)).path("items");
		assertThat(items.valueStream().map((item) -> item.path("number").asInt())).containsExactly(2, 1);
		assertThat(items.get(0).path("running").asBoolean()).isTrue();
		assertThat(items.get(0).path("changes").toString()).contains("Argentina (+54)");
		var older = generations + "/" + items.get(1).path("id").asString();
		until(() -> !json(get(older)).path("checking").asBoolean());
		var review = json(get(older));
		assertThat(review.path("difference").toString()).contains("Argentina (+54)");
		var path = older + "/restore";
		var body = "{\"review\":\"" + review.path("review").asString() + "\",\"reason\":\"54 is needed\"}";
		assertThat(ask(this.operators, "POST", path, "{\"review\":\"x\"}", "back").statusCode()).isEqualTo(412);
		twoPersons();
		var asked = ask(this.operators, "POST", path, body, "back");
		assertThat(asked.statusCode()).isEqualTo(202);
		assertThat(ask(this.operators, "POST", path, body, "back").body()).isEqualTo(asked.body());
		var approve = "/approvals/" + json(asked).path("approval").asString() + "/approve";
		assertThat(person(Role.OPERATOR).post(approve, Map.of()).statusCode()).as("its maker").isEqualTo(403);
		person(Role.ADMINISTRATOR).post(approve, Map.of());
		until(() -> this.generations.newest(this.plant.pbx()).orElseThrow().getNumber() == 3);
		var running = json(get(generations)).path("items").get(0);
		assertThat(running.path("kind").asString()).isEqualTo("rollback");
		assertThat(json(get(generations + "/" + running.path("id").asString())).path("possible").asBoolean()).isFalse();
		assertThat(get(generations + "/999999999").statusCode()).isEqualTo(404);
	}

	private void twoPersons() {
		person(Role.ADMINISTRATOR).post("/approvals/rule", Map.of("on", "true"));
	}

	private Http person(Role role) {
		var person = new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
		person.get("/approvals");
		return person;
	}

	/** The review, once what it means is known. */
	private JsonNode checked() {
		until(() -> !json(get(changes())).path("check").isNull());
		return json(get(changes()));
	}

	/** What applies this PBX as it is now. */
	private String these() {
		return "{\"pbxs\":[{\"pbx\":%d,\"review\":\"%s\"}]}".formatted(this.plant.pbx(),
				checked().path("review").asString());
	}

	private String changes() {
		return "/api/v1/pbxs/" + this.plant.pbx() + "/changes";
	}

	private JsonNode ended(HttpResponse<String> begun) {
		assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
		var place = begun.headers().firstValue("Location").orElseThrow();
		until(() -> !json(get(place)).path("running").asBoolean());
		return json(get(place));
	}

	private long runs() {
		return this.jdbc.sql("select count(*) from apply_target where pbx_id = ?")
			.param(this.plant.pbx())
			.query(Long.class)
			.single();
	}

	private HttpResponse<String> get(String path) {
		return ask(this.operators, "GET", path, "", "");
	}

	private HttpResponse<String> begin(String key, String body) {
		return ask(this.operators, "POST", "/api/v1/applies", body, key);
	}

	private HttpResponse<String> ask(String token, String method, String path, String body, String key) {
		var http = new Http(this.port);
		return key.isEmpty() ? http.exchange(method, path, body, "application/json", "Authorization", "Bearer " + token)
				: http.exchange(method, path, body, "application/json", "Authorization", "Bearer " + token,
						"Idempotency-Key", key);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	private static void until(BooleanSupplier condition) {
		var end = Instant.now().plusSeconds(60);
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).as("it does not come").isBefore(end);
			LockSupport.parkNanos(150_000_000);
		}
	}

}
