package io.tollgate.route;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange;
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

/** Routes, trunks and PIN lists over the API: the rules of the pages, no change lost. */
@TollgateTest
class RouteApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	Policies policies;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	PinLists pins;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	private long policy;

	private long pbx;

	private String path;

	@BeforeEach
	void pbx() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), TestTokens.all());
		this.policy = ((PolicyChange.Changed) this.policies.create("Routed", "US", null)).rules().id();
		var connection = new PbxConnection("Routed plant", "routed.invalid", 1, false, null, "tollgate");
		this.pbx = this.registry.add(new NewPbx(connection, true, this.policy), "secret").id();
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		this.path = "/api/v1/pbxs/" + this.pbx + "/routes";
	}

	@AfterEach
	void nothing() {
		this.routes.list(this.pbx).forEach((route) -> this.routes.delete(this.pbx, route.id()));
		this.pins.all().forEach((key, list) -> {
			if (Set.of("Abroad", "Other").contains(list.name())) {
				this.pins.delete(key);
			}
		});
		this.registry.remove(this.pbx);
		this.policies.delete(this.policy);
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String method, String path, String body, String match) {
		return ask(method, path, "application/json", body, match);
	}

	private HttpResponse<String> ask(String method, String path, String type, String body, String match) {
		return new Http(this.port).exchange(method, path, body, type, "Authorization", "Bearer " + this.token,
				"If-Match", match);
	}

	private HttpResponse<String> get(String path) {
		return ask("GET", path, "", "*");
	}

	private static String tag(HttpResponse<String> answer) {
		return answer.headers().firstValue("ETag").orElseThrow();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	private static List<String> paths(HttpResponse<String> answer, String field) {
		return json(answer).path(field).valueStream().map((each) -> each.path("path").asString()).toList();
	}

	/** Makes a route and answers where it is. */
	private String made(String body) {
		var made = ask("POST", this.path, body, "*");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		return made.headers().firstValue("Location").orElseThrow();
	}

	private List<String> order() {
		return this.routes.list(this.pbx).stream().map((route) -> route.route().name()).toList();
	}

	@Test
	void isMadeReadReplacedAndDeleted() {
		var at = made("""
				{"name": " Out ", "trunks": ["carrier"], "presets": ["long-distance"], "extensions": ["701"],
				 "patterns": [{"prefix": "9", "match": "nxxxxxx"}], "callerId": "+1 503 555 0100",
				 "hours": {"zone": "America/Denver", "days": ["monday", "friday"], "from": "08:00", "to": "00:00"}}""");
		var read = get(at);
		assertThat(read.body()).contains("\"name\":\"Out\"", "\"days\":[\"monday\",\"friday\"]", "\"to\":\"00:00\"",
				"\"callerId\":\"+15035550100\"", "\"match\":\"NXXXXXX\"", "\"match\":\"1NXXNXXXXXX\"", "\"asks\":null");
		assertThat(json(read).path("warnings").valueStream().map((each) -> each.path("code").asString()))
			.contains("premium");
		assertThat(ask("PUT", at, "{\"name\": \"Other\"}", "\"77\"").statusCode()).isEqualTo(412);
		var replaced = ask("PUT", at,
				"{\"name\": \"Other\", \"block\": {\"cause\": 21}, \"patterns\": [{\"match\": \"011!\"}]}", tag(read));
		assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
		var route = this.routes.list(this.pbx).getFirst().route();
		assertThat(route.blocks()).isTrue();
		assertThat(route.users()).isEmpty();
		assertThat(ask("PATCH", at, "{\"enabled\": false}", tag(replaced)).body()).contains("\"enabled\":false");
		assertThat(ask("DELETE", at, "", tag(replaced)).statusCode()).isEqualTo(412);
		assertThat(ask("DELETE", at, "", tag(get(at))).statusCode()).isEqualTo(204);
		assertThat(get(at).statusCode()).isEqualTo(404);
		assertThat(this.jdbc
			.sql("select action from audit_event where object_type = 'route' and object_id = ? order by id")
			.param(String.valueOf(this.pbx))
			.query(String.class)
			.list()).contains("route.added", "route.changed", "route.deleted");
	}

	@Test
	void isRefusedWithAllThatIsWrongAndWhereItIs() {
		var refused = ask("POST", this.path, """
				{"name": "", "trunks": ["gone"], "extensions": ["no one"], "callerId": "x",
				 "patterns": [{"match": "1NXX"}, {"match": "1[2"}, {"match": "."}]}""", "*");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(paths(refused, "errors")).containsExactlyInAnyOrder("/name", "/trunks", "/extensions", "/callerId",
				"/patterns/1", "/patterns/2");
		assertThat(paths(ask("POST", this.path, "{\"name\": \"x\", \"presets\": [\"none\"]}", "*"), "errors"))
			.containsExactly("/presets/0");
		assertThat(paths(ask("POST", this.path,
				"{\"name\": \"x\", \"type\": \"emergency\", \"patterns\": [{\"match\": \"911\"}], \"block\": {\"cause\": 21}}",
				"*"), "errors"))
			.containsExactly("/block");
		assertThat(this.routes.list(this.pbx)).isEmpty();
	}

	@Test
	void isPutIntoOrderAndEmergencyStaysFirst() {
		made("{\"name\": \"One\", \"trunks\": [\"carrier\"], \"patterns\": [{\"match\": \"NXXXXXX\"}]}");
		made("{\"name\": \"Two\", \"trunks\": [\"carrier\"], \"patterns\": [{\"match\": \"1NXXNXXXXXX\"}]}");
		made("{\"name\": \"Help\", \"type\": \"emergency\", \"trunks\": [\"carrier\"], \"patterns\": [{\"match\": \"911\"}]}");
		assertThat(order()).containsExactly("Help", "One", "Two");
		var list = get(this.path);
		var ids = json(list).path("items").valueStream().map((item) -> item.path("id").asLong()).toList();
		var wanted = "{\"routes\": " + List.of(ids.get(2), ids.get(1), ids.get(0)) + "}";
		var ordered = ask("PUT", this.path + "/order", wanted, tag(list));
		assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(200);
		assertThat(order()).containsExactly("Help", "Two", "One");
		assertThat(ask("PUT", this.path + "/order", wanted, tag(list)).statusCode()).isEqualTo(412);
		assertThat(
				paths(ask("PUT", this.path + "/order", "{\"routes\": [" + ids.get(0) + "]}", tag(ordered)), "errors"))
			.containsExactly("/routes");
		var one = json(get(this.path)).path("items").path(1);
		assertThat(tag(get(this.path + "/" + one.path("id").asLong()))).isEqualTo(one.path("etag").asString());
		assertThat(get("/api/v1/routes?after=" + (this.pbx - 1) + "&limit=1").body()).contains("\"Two\"");
	}

	@Test
	void takesPatternsOfAFileWhollyOrNotAtAll() {
		var at = made("{\"name\": \"Out\", \"trunks\": [\"carrier\"], \"patterns\": [{\"match\": \"NXXXXXX\"}]}");
		var patterns = at + "/patterns";
		var bad = "prepend,prefix,match pattern,callerid\n,9,NXXNXXXXXX,\n,,1[2,\n";
		var tried = ask("POST", patterns + "?dryRun=true", "text/csv", bad, "*");
		assertThat(json(tried).path("lines").path(0).path("pattern").path("match").asString()).isEqualTo("NXXNXXXXXX");
		assertThat(json(tried).path("lines").path(1).path("problem").asString()).contains("bracket");
		var refused = ask("POST", patterns, "text/csv", bad, "*");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(paths(refused, "errors")).containsExactly("/3");
		assertThat(get(patterns).body()).isEqualTo("prepend,prefix,match pattern,callerid\n,,NXXXXXX,\n");
		var taken = ask("POST", patterns + "?append=true", "text/csv", ",9,NXXNXXXXXX,\n", tag(get(at)));
		assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
		assertThat(get(patterns).body()).endsWith(",,NXXXXXX,\n,9,NXXNXXXXXX,\n");
		assertThat(ask("POST", patterns, "text/csv", "011!\n", "*").statusCode()).isEqualTo(200);
		assertThat(get(patterns + "?freepbx=true").body()).endsWith("\n,,011.,\n");
		assertThat(get("/api/v1/pbxs/" + this.pbx + "/pattern-presets").body()).contains("\"toll-free\"",
				"\"state:OR\"");
	}

	@Test
	void changesTrunksAsThePageDoes() {
		var trunks = "/api/v1/pbxs/" + this.pbx + "/trunks";
		var found = get(trunks + "/carrier");
		assertThat(paths(ask("PATCH", trunks + "/carrier", "{\"dial\": \"DAHDI/g0/$OUTNUM$\"}", "*"), "errors"))
			.containsExactly("/dial");
		var changed = ask("PATCH", trunks + "/carrier", "{\"accessCode\": \"77*\", \"reading\": \"e164\"}", tag(found));
		assertThat(changed.body()).contains("\"accessCode\":\"77*\"", "\"reading\":\"e164\"");
		assertThat(ask("PATCH", trunks + "/carrier", "{}", tag(found)).statusCode()).isEqualTo(412);
		assertThat(paths(ask("PATCH", trunks + "/carrier", "{\"accessCode\": \"011\"}", "*"), "errors"))
			.containsExactly("/accessCode");
		assertThat(paths(ask("POST", trunks, "{\"name\": \"local\", \"dial\": \"Local/$OUTNUM$@x\"}", "*"), "errors"))
			.containsExactly("/dial");
		assertThat(ask("POST", trunks, "{\"name\": \"span\", \"dial\": \"DAHDI/g0/$OUTNUM$\"}", "*").statusCode())
			.isEqualTo(201);
		made("{\"name\": \"Out\", \"trunks\": [\"span\"], \"patterns\": [{\"match\": \"NXXXXXX\"}]}");
		assertThat(ask("DELETE", trunks + "/span", "", "*").body()).contains("route Out uses it");
		assertThat(ask("DELETE", trunks + "/carrier", "", "*").statusCode()).isEqualTo(422);
		var first = json(get("/api/v1/trunks?limit=1&pbx=" + this.pbx));
		var next = json(get(first.path("next").asString()));
		assertThat(next.path("items").path(0).path("name").asString()).isEqualTo("span");
		assertThat(next.path("next").isNull()).isTrue();
	}

	@Test
	void tellsAPinOnceAndNeverAgain() {
		var made = ask("POST", "/api/v1/pin-lists", "{\"name\": \"Abroad\"}", "*");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		var list = made.headers().firstValue("Location").orElseThrow();
		var added = ask("POST", list + "/pins",
				"{\"pins\": [{\"label\": \"Ana Ruiz\"}, {\"label\": \"Ben\", \"pin\": \"730914\"}]}", tag(made));
		assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
		var pin = json(added).path("items").path(0).path("pin").asString();
		assertThat(pin).matches("[0-9]{6}");
		assertThat(this.pins.opens(json(made).path("id").asString(), pin)).isTrue();
		assertThat(added.body()).doesNotContain("730914");
		assertThat(get(list).body()).contains("\"labels\":[\"Ana Ruiz\",\"Ben\"]").doesNotContain(pin, "730914");
		assertThat(added.headers().firstValue("Cache-Control"))
			.hasValueSatisfying((told) -> assertThat(told).contains("no-store"));
		assertThat(this.jdbc.sql("select count(*) from audit_event where after_text like :pin or before_text like :pin")
			.param("pin", "%" + pin + "%")
			.query(Integer.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("select count(*) from api_request where answer like :pin")
			.param("pin", "%" + pin + "%")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void refusesPinsAsThePageDoesAndLeavesATrace() {
		var list = ask("POST", "/api/v1/pin-lists", "{\"name\": \"Abroad\"}", "*").headers()
			.firstValue("Location")
			.orElseThrow();
		assertThat(paths(ask("POST", "/api/v1/pin-lists", "{\"name\": \"abroad\"}", "*"), "errors"))
			.containsExactly("/name");
		ask("POST", list + "/pins", "{\"pins\": [{\"label\": \"Ben\", \"pin\": \"730914\"}]}", "*");
		var refused = ask("POST", list + "/pins", """
				{"pins": [{"label": "Ben"}, {"label": "Eve", "pin": "12"}, {"label": "Sam", "pin": "730914"},
				          {"label": "?"}, {"label": "Blank", "pin": ""}]}""", "*");
		assertThat(refused.statusCode()).isEqualTo(422);
		// whose PIN there is would be told by a list that can never be added
		assertThat(paths(refused, "errors")).containsExactly("/pins/0/label", "/pins/1/pin", "/pins/3/label",
				"/pins/4/pin");
		assertThat(paths(ask("POST", list + "/pins", "{\"pins\": [{\"label\": \"Sam\", \"pin\": \"730914\"}]}", "*"),
				"errors"))
			.containsExactly("/pins");
		assertThat(refused.body()).doesNotContain("730914");
		assertThat(this.jdbc.sql("select count(*) from audit_event where action = 'pin-list.pin.taken'")
			.query(Integer.class)
			.single()).isPositive();
		var before = tag(get(list));
		assertThat(ask("DELETE", list + "/pins/Ben", "", before).statusCode()).isEqualTo(204);
		ask("POST", list + "/pins", "{\"pins\": [{\"label\": \"Ben\", \"pin\": \"402817\"}]}", "*");
		assertThat(ask("PATCH", list, "{\"name\": \"Other\"}", before).statusCode()).isEqualTo(412);
		assertThat(ask("PATCH", list, "{\"name\": \"Other\"}", "*").body()).contains("\"name\":\"Other\"");
		var id = json(get(list)).path("id").asString();
		var at = made(
				"""
						{"name": "Asks", "trunks": ["carrier"], "patterns": [{"match": "NXXXXXX"}], "asks": {"pinList": "%s"}}"""
					.formatted(id));
		assertThat(get(at).body()).contains("\"pinList\":\"" + id + "\"");
		assertThat(ask("DELETE", list, "", "*").body()).contains("Asks (Routed plant)");
		assertThat(ask("DELETE", at, "", "*").statusCode()).isEqualTo(204);
		assertThat(ask("DELETE", list, "", "*").statusCode()).isEqualTo(204);
		assertThat(get(list).statusCode()).isEqualTo(404);
	}

	@Test
	void keepsAPasswordThatIsNotGivenAgain() {
		var at = made(
				"""
						{"name": "Asks", "trunks": ["carrier"], "patterns": [{"match": "NXXXXXX"}], "asks": {"password": "730914"}}""");
		var key = this.routes.list(this.pbx).getFirst().route().pins();
		assertThat(get(at).body()).contains("\"password\":\"\"").doesNotContain("730914", key);
		var kept = ask("PUT", at,
				"""
						{"name": "Renamed", "trunks": ["carrier"], "patterns": [{"match": "NXXXXXX"}], "asks": {"password": ""}}""",
				"*");
		assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
		assertThat(this.pins.opens(key, "730914")).isTrue();
		assertThat(paths(ask("PUT", at, "{\"name\": \"x\", \"asks\": {}}", "*"), "errors")).containsExactly("/asks");
		var others = ask("POST", this.path, "{\"name\": \"x\", \"asks\": {\"pinList\": \"" + key + "\"}}", "*");
		assertThat(paths(others, "errors")).containsExactly("/asks/pinList");
	}

}
