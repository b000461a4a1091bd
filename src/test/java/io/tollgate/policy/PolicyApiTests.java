package io.tollgate.policy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.policy.PolicyChange.Changed;
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

/** Policies over the API: the same rules as on the pages, and no change lost. */
@TollgateTest
class PolicyApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String POLICIES = "/api/v1/policies";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists restrictions;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	private long id;

	private String path;

	@BeforeEach
	void policy() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "policy:read", "policy:write");
		this.id = ((Changed) this.policies.create("Scripted", "US", null)).rules().id();
		this.path = POLICIES + "/" + this.id;
	}

	@AfterEach
	void nothing() {
		this.policies.delete(this.id);
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String method, String path, String body, String... headers) {
		var all = new String[headers.length + 2];
		all[0] = "Authorization";
		all[1] = "Bearer " + this.token;
		System.arraycopy(headers, 0, all, 2, headers.length);
		return new Http(this.port).exchange(method, path, body, "application/json", all);
	}

	private HttpResponse<String> get(String path) {
		return ask("GET", path, "");
	}

	/** Changes what it is now. */
	private HttpResponse<String> change(String method, String path, String body) {
		return ask(method, path, body, "If-Match", tag(get(this.path)));
	}

	private static String tag(HttpResponse<String> answer) {
		return answer.headers().firstValue("ETag").orElseThrow();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	/** Where something is wrong, with what. */
	private static Map<String, String> errors(HttpResponse<String> answer) {
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		var errors = new LinkedHashMap<String, String>();
		json(answer).path("errors")
			.forEach((error) -> errors.put(error.path("path").asString(), error.path("message").asString()));
		return errors;
	}

	private PolicyRules rules() {
		return this.policies.rules(this.id);
	}

	private List<String> trail() {
		return this.jdbc
			.sql("select action || ' by ' || actor from audit_event where object_type = 'policy' and object_id = ?"
					+ " order by id")
			.param(String.valueOf(this.id))
			.query(String.class)
			.list();
	}

	@Test
	void isReadAlone() {
		var answer = get(this.path);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer)).isEqualTo(JSON.readTree("""
				{"id": %d, "name": "Scripted", "homeCountry": "US", "protection": false, "dialingCode": "011",
				"prefixes": ["+", "00", "011"], "emergencyNumbers": ["112", "911"], "repairsByItself": false,
				"etag": %s}""".formatted(this.id, JSON.writeValueAsString(tag(answer)))));
		assertThat(ask("GET", this.path, "", "If-None-Match", tag(answer)).statusCode()).isEqualTo(304);
		assertThat(get(POLICIES + "/999999999").statusCode()).isEqualTo(404);
		assertThat(get(POLICIES + "/x").statusCode()).isEqualTo(400);
	}

	@Test
	void isReadInParts() {
		var found = new ArrayList<Long>();
		var next = POLICIES + "?limit=1";
		while (next != null) {
			var part = json(get(next));
			assertThat(part.path("items").size()).isLessThanOrEqualTo(1);
			part.path("items").forEach((item) -> found.add(item.path("id").asLong()));
			next = part.path("next").isNull() ? null : part.path("next").asString();
		}
		assertThat(found).containsExactlyElementsOf(this.policies.all().stream().map(PolicyRules::id).toList());
	}

	/** What the list says is enough to change one of it, once. */
	@Test
	void isChangedAsTheListShowedIt() {
		var listed = json(get(POLICIES + "?after=" + (this.id - 1) + "&limit=1")).path("items").path(0);
		assertThat(listed.path("id").asLong()).isEqualTo(this.id);
		var seen = listed.path("etag").asString();
		assertThat(seen).isEqualTo(tag(get(this.path)));
		var changed = ask("PATCH", this.path, "{\"protection\": true}", "If-Match", seen);
		assertThat(changed.statusCode()).isEqualTo(200);
		assertThat(json(changed).path("etag").asString()).isEqualTo(tag(changed)).isNotEqualTo(seen);
		assertThat(ask("PATCH", this.path, "{\"protection\": false}", "If-Match", seen).statusCode()).isEqualTo(412);
	}

	@Test
	void changesWhatIsGivenAndSaysWhoDidIt() {
		var answer = change("PATCH", this.path, """
				{"protection": true, "dialingCode": "00", "emergencyNumbers": ["911", "933"]}""");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(tag(answer)).isEqualTo("\"" + this.policies.revision(this.id) + "\"");
		assertThat(json(answer).path("dialingCode").asString()).isEqualTo("00");
		assertThat(rules().protectionEnabled()).isTrue();
		assertThat(rules().emergencyNumbers()).containsExactly("911", "933");
		var by = " by operator (token Tests)";
		assertThat(trail().subList(1, 4)).containsExactly("policy.emergency-numbers.changed" + by,
				"policy.dialing-code.changed" + by, "policy.protection.enabled" + by);
	}

	@Test
	void losesNoChange() {
		var seen = tag(get(this.path));
		var body = "{\"protection\": true}";
		assertThat(ask("PATCH", this.path, body).statusCode()).isEqualTo(428);
		assertThat(change("PUT", this.path + "/countries/AR", "").statusCode()).isEqualTo(200);
		for (var late : List.of(ask("PATCH", this.path, body, "If-Match", seen),
				ask("PUT", this.path + "/countries/GB", "", "If-Match", seen),
				ask("DELETE", this.path + "/countries/AR", "", "If-Match", seen),
				ask("POST", this.path + "/countries", "{\"disallow\": [\"AR\"]}", "If-Match", seen),
				ask("POST", this.path + "/restrictions", "{}", "If-Match", seen),
				ask("PATCH", this.path, body, "If-Match", "W/" + tag(get(this.path))))) {
			assertThat(late.statusCode()).isEqualTo(412);
		}
		assertThat(rules().protectionEnabled()).isFalse();
		assertThat(rules().allowedCodes()).containsExactly("54");
		assertThat(ask("PATCH", this.path, body, "If-Match", "\"0\", " + tag(get(this.path))).statusCode())
			.isEqualTo(200);
	}

	@Test
	void refusesWhatThePagesRefuse() {
		var answer = change("PATCH", this.path, """
				{"emergencyNumbers": ["112", "933"], "dialingCode": "1"}""");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(errors(answer)).containsOnlyKeys("/dialingCode")
			.containsValue("Emergency number 112 begins with the International Dialing Code 1, so a phone could not "
					+ "tell them apart. Type another one, or change the other first.");
		assertThat(rules().emergencyNumbers()).as("wholly or not at all").containsExactly("112", "911");
		assertThat(trail()).hasSize(1);
		assertThat(errors(change("PATCH", this.path, "{\"emergencyNumbers\": []}")))
			.containsOnlyKeys("/emergencyNumbers");
	}

	@Test
	void asksBeforeAPrefixGoes() {
		var answer = change("PATCH", this.path, "{\"prefixes\": [\"+\"]}");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(errors(answer).get("/removedPrefixes")).contains("dialed with 00 would not");
		assertThat(change("PATCH", this.path, "{\"prefixes\": [\"+\"], \"removedPrefixes\": [\"00\"]}").statusCode())
			.isEqualTo(200);
		assertThat(rules().internationalPrefixes()).containsExactly("+", "011");
	}

	@Test
	void allowsOneCountry() {
		var one = json(change("PUT", this.path + "/countries/ca", ""));
		assertThat(one.path("items").size()).isEqualTo(1);
		assertThat(one.at("/items/0/callingCode").asString()).isEqualTo("+1");
		assertThat(one.at("/items/0/countries/1")).isEqualTo(JSON.readTree("{\"iso\":\"CA\",\"name\":\"Canada\"}"));
		assertThat(one.at("/items/0/allowed").asBoolean()).isTrue();
		assertThat(json(change("PUT", this.path + "/countries/DO", "")).path("items").size()).isEqualTo(3);
		assertThat(rules().allowedCodes()).containsExactly("1", "1809", "1829", "1849");
		assertThat(change("DELETE", this.path + "/countries/+1809", "").statusCode()).isEqualTo(200);
		assertThat(change("DELETE", this.path + "/countries/%2B1%20829", "").statusCode()).isEqualTo(200);
		assertThat(rules().allowedCodes()).containsExactly("1", "1849");
		for (var unknown : List.of("XX", "54", "+999", "+", "A%2FB")) {
			assertThat(change("PUT", this.path + "/countries/" + unknown, "").statusCode()).as(unknown).isIn(400, 404);
		}
	}

	@Test
	void changesManyCountriesAtOnce() {
		assertThat(change("PUT", this.path + "/countries/FR", "").statusCode()).isEqualTo(200);
		var answer = change("POST", this.path + "/countries", "{\"allow\": [\"AR\", \"+44\"], \"disallow\": [\"FR\"]}");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer).path("items").size()).isEqualTo(3);
		assertThat(rules().allowedCodes()).containsExactly("44", "54");
		assertThat(trail().getLast()).startsWith("policy.country.changed");
		var refused = change("POST", this.path + "/countries",
				"{\"allow\": [\"IT\", \"Narnia\"], \"disallow\": [\"+39\", \"GG\"]}");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(errors(refused)).containsOnlyKeys("/allow/1", "/disallow/0");
		assertThat(rules().allowedCodes()).containsExactly("44", "54");
	}

	@Test
	void listsAndFindsCountries() {
		assertThat(json(get(this.path + "/countries")).path("items").size()).isGreaterThan(230);
		assertThat(json(get(this.path + "/countries?q=argen")).at("/items/0/callingCode").asString()).isEqualTo("+54");
		assertThat(json(get(this.path + "/countries?filter=allowed")).path("items").size()).isZero();
		assertThat(json(get(this.path + "/countries/AR")).at("/items/0/region").asString()).isEqualTo("latin-america");
	}

	@Test
	void restrictsNumbers() {
		var answer = change("POST", this.path + "/restrictions", """
				{"add": [{"number": "+1 900", "note": "Premium"}, {"number": "011881."}]}""");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer).path("items")).isEqualTo(JSON.readTree(
				"""
						[{"entry": "1900", "preset": null, "note": "Premium"}, {"entry": "881", "preset": null, "note": ""}]"""));
		var refused = change("POST", this.path + "/restrictions", """
				{"add": [{"number": "+882"}, {"number": "+1"}, {"number": "fax"}], "remove": ["881"]}""");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(errors(refused)).containsOnlyKeys("/add/1/number", "/add/2/number");
		assertThat(this.restrictions.list(this.id)).hasSize(2);
		assertThat(change("POST", this.path + "/restrictions", "{\"remove\": [\"881\"]}").statusCode()).isEqualTo(200);
		assertThat(json(get(this.path + "/restrictions")).path("items").size()).isEqualTo(1);
	}

	/** Whatever is sent is the sender's mistake, never the portal's. */
	@Test
	void namesWhatIsWrongWithTheJson() {
		var wrong = Map.ofEntries(Map.entry("{\"protected\": true}", "/protected"),
				Map.entry("{\"protection\": \"true\"}", "/protection"), Map.entry("{\"protection\": 1}", "/protection"),
				Map.entry("{\"dialingCode\": 11}", "/dialingCode"),
				Map.entry("{\"dialingCode\": {\"a\": 1}}", "/dialingCode"),
				Map.entry("{\"dialingCode\": 1e999999999}", "/dialingCode"),
				Map.entry("{\"dialingCode\": \"00000000000\"}", "/dialingCode"),
				Map.entry("{\"prefixes\": [\"+\", null]}", "/prefixes/1"), Map.entry("{\"prefixes\": [[\"+\"]]}", ""),
				Map.entry("{\"prefixes\": \"+\"}", "/prefixes"),
				Map.entry("{\"dialingCode\": \"00\", \"dialingCode\": \"011\"}", ""), Map.entry("[]", ""),
				Map.entry("{} {}", ""), Map.entry("{\"protection\"", ""));
		wrong.forEach((body, path) -> {
			var answer = change("PATCH", this.path, body);
			assertThat(answer.statusCode()).as(body).isEqualTo(400);
			assertThat(errors(answer).keySet()).as(body).first().isEqualTo(path);
			assertThat(answer.body()).doesNotContain("io.tollgate", "jackson");
		});
		for (var body : List.of("null", "", "[".repeat(100_000), "{\"a\":".repeat(50_000), "9".repeat(50_000),
				"{\"dialingCode\": \"" + "0".repeat(1_100_000) + "\"}", "{\"prefixes\": [" + "1,".repeat(9_999) + "1]}",
				"{\"dialingCode\": \"\\u0000\\ud800\"}")) {
			assertThat(change("PATCH", this.path, body).statusCode()).isIn(400, 422);
		}
		assertThat(trail()).hasSize(1);
	}

	@Test
	void readingIsNotWriting() {
		var reader = this.tokens.make(this.people.username(Role.OPERATOR), "policy:read");
		var viewer = this.tokens.make(this.people.username(Role.VIEWER), TestTokens.all());
		for (var weak : List.of(reader, viewer)) {
			this.token = weak;
			assertThat(change("PATCH", this.path, "{\"protection\": true}").statusCode()).isEqualTo(403);
		}
		this.token = "none";
		assertThat(get(this.path).statusCode()).isEqualTo(401);
		assertThat(rules().protectionEnabled()).isFalse();
	}

	/** The lines of docs/api.md, with this token, policy and revision. */
	@Test
	void theExamplesWork() throws IOException {
		var lines = Files.readAllLines(Path.of("docs", "api.md"))
			.stream()
			.filter((line) -> line.startsWith("curl ") && line.contains("/policies/") && !line.contains("/exemptions"))
			.map((line) -> line.replaceAll("https?://localhost:8080/api/v1/policies/1", this.path))
			.toList();
		assertThat(lines).hasSize(3);
		for (var line : lines) {
			var headers = Pattern.compile("-H '(If-Match): ([^']+)'").matcher(line);
			var body = Pattern.compile("-d '([^']+)'").matcher(line);
			var method = Pattern.compile("-X ([A-Z]+)").matcher(line);
			var at = Pattern.compile(" '?(/api[^' ]+)").matcher(line);
			assertThat(line).contains("-H \"Authorization: Bearer $TOLLGATE_TOKEN\"");
			assertThat(at.find()).isTrue();
			var answer = headers.find()
					? ask(method.find() ? method.group(1) : "GET", at.group(1), body.find() ? body.group(1) : "",
							headers.group(1), headers.group(2).replace("\"7\"", tag(get(this.path))))
					: get(at.group(1));
			assertThat(answer.statusCode()).as(line).isEqualTo(200);
		}
		assertThat(rules().allowedCodes()).containsExactly("44", "54");
		assertThat(this.restrictions.list(this.id)).hasSize(1);
	}

}
