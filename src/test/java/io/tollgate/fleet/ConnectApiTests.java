package io.tollgate.fleet;

import java.net.http.HttpResponse;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A script connects a PBX, says otherwise how it is reached, and removes it. */
@TollgateTest
class ConnectApiTests {

	private static final String NAME = "Scripted plant";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	private SimulatedPbx pbx;

	@BeforeEach
	void start() {
		this.pbx = GuardedPbx.start();
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.ADMINISTRATOR), Set.of(), "pbx:connect", "pbx:write",
				"pbx:read");
	}

	@AfterEach
	void stop() {
		this.registry.all()
			.stream()
			.filter((each) -> each.name().startsWith(NAME))
			.forEach((each) -> this.registry.remove(each.id()));
		this.tokens.remove();
		this.pbx.close();
	}

	private HttpResponse<String> ask(String method, String path, String body) {
		return ask(method, path, body, "*");
	}

	private HttpResponse<String> ask(String method, String path, String body, String ifMatch) {
		return new Http(this.port).exchange(method, "/api/v1/pbxs" + path, body, "application/json", "Authorization",
				"Bearer " + this.token, "If-Match", ifMatch);
	}

	private static String tag(HttpResponse<String> answer) {
		return answer.headers().firstValue("ETag").orElseThrow();
	}

	private String wanted(String name, int port, String secret) {
		return """
				{"name": "%s", "host": "127.0.0.1", "port": %d, "user": "tollgate", "secret": "%s", "policy": 1}"""
			.formatted(name, port, secret);
	}

	private String connected() {
		var answer = ask("POST", "", wanted(NAME, this.pbx.port(), GuardedPbx.SECRET));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		assertThat(answer.body()).contains("\"extensions\":2", "\"trunks\":1", "\"software\":\"Asterisk")
			.doesNotContain(GuardedPbx.SECRET);
		return answer.headers().firstValue("Location").orElseThrow().replace("/api/v1/pbxs", "");
	}

	@Test
	void connectsWhatAnswers() {
		var path = connected();
		var answer = ask("GET", path + "/connection", "");
		assertThat(answer.body()).contains("\"host\":\"127.0.0.1\"", "\"user\":\"tollgate\"")
			.doesNotContain("secret", GuardedPbx.SECRET);
		assertThat(this.jdbc.sql("select count(*) from outbound_route r join pbx p on p.id = r.pbx_id where p.name = ?")
			.param(NAME)
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(ask("POST", path + "/readings", "").body()).contains("\"extensions\":2");
	}

	@Test
	void keepsNothingOfWhatDoesNot() {
		var wrong = ask("POST", "", wanted(NAME, this.pbx.port(), "nonsense"));
		assertThat(wrong.statusCode()).isEqualTo(422);
		assertThat(wrong.body()).containsIgnoringCase("secret").doesNotContain("nonsense");
		var many = ask("POST", "", """
				{"name": "", "host": "no host", "port": 99999, "user": "", "secret": "x", "policy": 999999}""");
		assertThat(many.statusCode()).isEqualTo(422);
		assertThat(many.body()).contains("\"/name\"", "\"/host\"", "\"/port\"", "\"/user\"", "\"/policy\"");
		assertThat(this.registry.all()).noneMatch((each) -> each.name().startsWith(NAME));

		connected();
		var again = ask("POST", "", wanted(NAME, this.pbx.port(), GuardedPbx.SECRET));
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("\"/name\"", "\"/host\"");
	}

	@Test
	void takesTheStoredSecretToNoOtherMachine() {
		var path = connected();
		try (var other = GuardedPbx.start()) {
			var elsewhere = """
					{"name": "%s 2", "host": "localhost", "port": %d, "user": "tollgate"%s}""";
			var refused = ask("PUT", path + "/connection", elsewhere.formatted(NAME, other.port(), ""));
			assertThat(refused.statusCode()).isEqualTo(422);
			assertThat(refused.body()).contains("\"/secret\"");
			var moved = ask("PUT", path + "/connection",
					elsewhere.formatted(NAME, other.port(), ", \"secret\": \"" + GuardedPbx.SECRET + "\""));
			assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
			assertThat(moved.body()).contains(NAME + " 2", "\"port\":" + other.port());
		}
	}

	/** What somebody else changed meanwhile is not taken back unseen. */
	@Test
	void losesNoChangeOfSomebodyElse() {
		var path = connected();
		var reached = """
				{"name": "%s", "host": "127.0.0.1", "port": %d, "user": "tollgate"}""";
		var first = tag(ask("GET", path + "/connection", ""));
		var secret = reached.formatted(NAME, this.pbx.port())
			.replace("}", ", \"secret\": \"" + GuardedPbx.SECRET + "\"}");
		var seen = tag(ask("PUT", path + "/connection", secret, first));
		assertThat(seen).isNotEqualTo(first);
		assertThat(ask("PUT", path + "/connection", secret, first).statusCode()).isEqualTo(412);
		var renamed = ask("PUT", path + "/connection", reached.formatted(NAME + " 3", this.pbx.port()), seen);
		assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
		assertThat(tag(renamed)).isNotEqualTo(seen);
		assertThat(ask("PUT", path + "/connection", reached.formatted(NAME + " 4", this.pbx.port()), seen).statusCode())
			.isEqualTo(412);
		assertThat(ask("GET", path + "/connection", "").body()).contains(NAME + " 3");

		var window = """
				{"group": "%s", "days": [7], "from": "01:00", "to": "04:30", "zone": "UTC"}""";
		var none = ask("GET", path + "/upkeep", "");
		assertThat(none.body()).contains("\"group\":\"\"", "\"days\":[]");
		var kept = ask("PUT", path + "/upkeep", window.formatted("South"), tag(none));
		assertThat(kept.body()).contains("South", "\"days\":[7]", "\"from\":\"01:00\"", "\"to\":\"04:30\"");
		assertThat(ask("PUT", path + "/upkeep", window.formatted("West"), tag(none)).statusCode()).isEqualTo(412);
		assertThat(ask("PUT", path + "/upkeep", window.formatted("West"), "").statusCode()).isEqualTo(428);
		assertThat(ask("GET", path + "/upkeep", "").body()).isEqualTo(kept.body());
	}

	@Test
	void setsItsWindowAndRemovesItByName() {
		var path = connected();
		long id = Long.parseLong(path.substring(1));
		assertThat(ask("PUT", path + "/upkeep", """
				{"group": "North", "days": [6, 8], "from": "22:00", "to": "4:00", "zone": "UTC"}""").statusCode())
			.isEqualTo(400);
		assertThat(ask("PUT", path + "/upkeep", """
				{"group": "North", "days": [6], "from": "22:00", "to": "4:00", "zone": "Narnia"}""").body())
			.contains("\"/zone\"");
		assertThat(ask("PUT", path + "/upkeep", """
				{"group": "North", "days": [6], "from": "22:00", "to": "4:00", "zone": "UTC"}""").statusCode())
			.isEqualTo(200);
		assertThat(this.upkeeps.of(id).group()).isEqualTo("North");
		assertThat(ask("DELETE", path + "?name=Other", "").statusCode()).isEqualTo(422);
		assertThat(this.registry.find(id)).isPresent();
		assertThat(ask("DELETE", path + "?name=Scripted%20plant", "").statusCode()).isEqualTo(204);
		assertThat(this.registry.find(id)).isEmpty();
	}

	@Test
	void asksForAnAdministratorsToken() {
		this.tokens.remove();
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), Set.of(), "pbx:connect", "pbx:write");
		assertThat(ask("POST", "", wanted(NAME, this.pbx.port(), GuardedPbx.SECRET)).statusCode()).isEqualTo(403);
	}

}
