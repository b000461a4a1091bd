package io.tollgate;

import java.util.ArrayList;
import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator does on the pages, done by a script: from a PBX that nobody knows
 * to one that asks for a PIN before a call to Argentina, and runs it.
 */
@TollgateTest
class ApiStoryTests {

	private static final String ROUTE = """
			{"name": "Abroad", "type": "normal", "enabled": true, "trunks": ["carrier"],
			 "patterns": [{"match": "00X."}], "asks": {"pinList": "%s"}}""";

	private static final String EMERGENCY = """
			{"name": "Emergency", "type": "emergency", "enabled": true, "trunks": ["carrier"],
			 "patterns": [{"match": "911"}]}""";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private final List<String> made = new ArrayList<>();

	private SimulatedPbx simulated;

	private TestTokens tokens;

	private String token;

	@BeforeEach
	void begin() {
		this.simulated = GuardedPbx.start();
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.ADMINISTRATOR), TestTokens.all());
	}

	@AfterEach
	void end() {
		this.made.reversed().forEach((path) -> ask("DELETE", path, ""));
		this.tokens.remove();
		this.simulated.close();
	}

	private String ask(String method, String path, String body, String... headers) {
		var all = new ArrayList<>(List.of("Authorization", "Bearer " + this.token, "If-Match", "*"));
		all.addAll(List.of(headers));
		var answer = new Http(this.port).exchange(method, "/api/v1" + path, body, "application/json",
				all.toArray(String[]::new));
		assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 204);
		return answer.body();
	}

	private JsonNode get(String path) {
		return JsonMapper.shared().readTree(ask("GET", path, ""));
	}

	private JsonNode post(String path, String body) {
		return JsonMapper.shared().readTree(ask("POST", path, body));
	}

	/** What a call from 1001 comes to. */
	private JsonNode judged(long pbx, String number) {
		return post("/dial-tests", "{\"pbx\": %d, \"extension\": \"1001\", \"number\": \"%s\"}".formatted(pbx, number));
	}

	@Test
	void aScriptDoesAllOfIt() {
		long policy = post("/policies", """
				{"name": "Script's story", "homeCountry": "MX", "copyFrom": 1}""").path("id").asLong();
		this.made.add("/policies/" + policy);
		ask("PATCH", "/policies/" + policy, "{\"protection\": true}");
		ask("PUT", "/policies/" + policy + "/countries/AR", "");
		long pbx = post("/pbxs", """
				{"name": "Script's plant", "host": "127.0.0.1", "port": %d, "tls": false, "user": "tollgate",
				 "secret": "%s", "policy": %d}""".formatted(this.simulated.port(), GuardedPbx.SECRET, policy))
			.path("id")
			.asLong();
		this.made.add("/pbxs/" + pbx + "?name=Script's%20plant");

		var list = post("/pin-lists", "{\"name\": \"Script's PINs\"}").path("id").asString();
		// before the PBX, whose routes ask for it
		this.made.add(1, "/pin-lists/" + list);
		var pin = post("/pin-lists/" + list + "/pins", "{\"pins\": [{\"label\": \"Ana\"}]}");
		assertThat(pin.toString()).contains("Ana").containsPattern("\"pin\":\"[0-9]{6,}\"");
		for (var route : get("/routes?pbx=" + pbx).path("items")) {
			ask("DELETE", "/pbxs/%d/routes/%d".formatted(pbx, route.path("id").asLong()), "");
		}
		post("/pbxs/" + pbx + "/routes", EMERGENCY);
		post("/pbxs/" + pbx + "/routes", ROUTE.formatted(list));
		for (var extension : get("/extensions?pbx=" + pbx).path("items")) {
			if (extension.path("number").asString().equals("1001")) {
				ask("PATCH", "/extensions/" + extension.path("id").asLong(), "{\"disallowInternational\": false}");
			}
		}
		assertThat(judged(pbx, "00541144445555").path("draft").toString()).contains("\"allowed\":true", "Abroad",
				"PIN");
		assertThat(judged(pbx, "0062211234567").path("draft").path("allowed").asBoolean()).isFalse();
		assertThat(judged(pbx, "911").path("draft").path("allowed").asBoolean()).isTrue();

		Awaitility.await().until(() -> !get("/pbxs/" + pbx + "/changes").path("check").isNull());
		var review = get("/pbxs/" + pbx + "/changes").path("review").asString();
		var wanted = "{\"pbxs\": [{\"pbx\": %d, \"review\": \"%s\"}]}".formatted(pbx, review);
		var begun = ask("POST", "/applies", wanted, "Idempotency-Key", "story");
		assertThat(ask("POST", "/applies", wanted, "Idempotency-Key", "story")).isEqualTo(begun);
		var apply = JsonMapper.shared().readTree(begun).path("apply").asString();
		assertThat(ask("GET", "/applies/" + apply + "/events", "")).contains("event:step", "event:end")
			.contains("\"outcome\":\"applied\"");
		assertThat(get("/applies/" + apply).path("running").asBoolean()).isFalse();
		assertThat(get("/pbxs/" + pbx + "/generations").path("items").path(0).toString()).contains("\"number\":1");
		assertThat(get("/pbxs/" + pbx).path("state").asString()).isEqualTo("in-sync");
		assertThat(get("/pbxs/" + pbx + "/drift").path("drift").isNull()).isTrue();
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "1");
		assertThat(judged(pbx, "00541144445555").path("live").path("allowed").asBoolean()).isTrue();
		assertThat(judged(pbx, "0062211234567").path("live").path("allowed").asBoolean()).isFalse();
		assertThat(judged(pbx, "911").path("live").path("allowed").asBoolean()).isTrue();
	}

}
