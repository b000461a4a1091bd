package io.tollgate.extension;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;
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
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Extensions over the API: the filter and the edits of the page, and no change lost. */
@TollgateTest
class ExtensionApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String EXTENSIONS = "/api/v1/extensions";

	private static final String EDITS = EXTENSIONS + "/bulk-edits";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	private long plant;

	private long office;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.plant = pbx("Scripts plant", 15_238);
		this.office = pbx("Scripts office", 15_239);
		this.extensions.discovered(this.plant, List.of(new Discovered("7012", "Valentina Ríos"),
				new Discovered("7013", "Diego Cantú"), new Discovered("7014", "")));
		this.extensions.discovered(this.office, List.of(new Discovered("7012", "Tom Okafor")));
		SecurityContextHolder.clearContext();
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "extension:read", "extension:write");
	}

	@AfterEach
	void clear() {
		this.tokens.remove();
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.registry.remove(this.plant);
		this.registry.remove(this.office);
		SecurityContextHolder.clearContext();
	}

	private long pbx(String name, int amiPort) {
		return this.registry
			.add(new NewPbx(new PbxConnection(name, "127.0.0.1", amiPort, false, null, "tollgate"), false, 1), "secret")
			.id();
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

	private static String tag(HttpResponse<String> answer) {
		return answer.headers().firstValue("ETag").orElseThrow();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	private static Map<String, String> errors(HttpResponse<String> answer) {
		var errors = new LinkedHashMap<String, String>();
		json(answer).path("errors")
			.forEach((error) -> errors.put(error.path("path").asString(), error.path("message").asString()));
		return errors;
	}

	private long id(long pbx, String number) {
		return this.jdbc.sql("select id from extension where pbx_id = ? and number = ?")
			.params(pbx, number)
			.query(Long.class)
			.single();
	}

	private List<String> numbers(String query) {
		return json(get(EXTENSIONS + query)).path("items")
			.valueStream()
			.map((item) -> item.path("number").asString() + "@" + (item.path("pbx").asLong() == this.plant ? "p" : "o"))
			.toList();
	}

	/** Begins one and waits until it is done. */
	private JsonNode edited(String body) {
		var begun = ask("POST", EDITS, body);
		assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
		var path = EDITS + "/" + json(begun).path("id").asString();
		await().atMost(Duration.ofSeconds(20)).until(() -> !json(get(path)).path("state").asString().equals("running"));
		return json(get(path));
	}

	@Test
	void listsByTheFilterOfThePage() {
		assertThat(numbers("?pbx=" + this.plant)).containsExactly("7012@p", "7013@p", "7014@p");
		assertThat(numbers("?q=scripts+7012")).containsExactly("7012@p", "7012@o");
		assertThat(numbers("?q=rios&pbx=" + this.plant)).containsExactly("7012@p");
		assertThat(numbers("?q=scripts&show=international")).isEmpty();
		assertThat(numbers("?q=scripts&policy=1")).hasSize(4);
		assertThat(numbers("?q=scripts&policy=999999")).isEmpty();
		assertThat(numbers("?group=Nobody")).isEmpty();
		assertThat(errors(get(EXTENSIONS + "?show=ALL")).get("")).contains("all, international, unapplied, gone");
		assertThat(get(EXTENSIONS + "?pbx=x").statusCode()).isEqualTo(400);
		assertThat(get(EXTENSIONS + "?limit=0").statusCode()).isEqualTo(400);
	}

	@Test
	void comesInParts() {
		var found = new ArrayList<String>();
		var next = EXTENSIONS + "?q=scripts&limit=3";
		while (next != null) {
			assertThat(next).contains("q=scripts", "limit=3");
			found.addAll(numbers(next.substring(EXTENSIONS.length())));
			var path = json(get(next)).path("next");
			next = path.isNull() ? null : path.asString();
		}
		assertThat(found).containsExactly("7012@p", "7013@p", "7014@p", "7012@o");
	}

	@Test
	void changesOneIfItIsAsItWasSeen() {
		var path = EXTENSIONS + "/" + id(this.plant, "7012");
		var seen = get(path);
		assertThat(json(seen)).isEqualTo(JSON.readTree("""
				{"id": %d, "pbx": %d, "number": "7012", "name": "Valentina Ríos", "present": true, "unapplied": false,
				"disallowInternational": true, "disallowOutbound": false, "disallowOutsideBusinessHours": false,
				"maxDurationSeconds": null, "etag": %s}""".formatted(id(this.plant, "7012"), this.plant,
				JSON.writeValueAsString(tag(seen)))));
		assertThat(json(get(EXTENSIONS + "?q=7012&pbx=" + this.plant)).path("items").path(0)).isEqualTo(json(seen));
		var body = "{\"disallowInternational\": false, \"maxDurationSeconds\": 600}";
		assertThat(ask("PATCH", path, body).statusCode()).isEqualTo(428);
		var changed = ask("PATCH", path, body, "If-Match", tag(seen));
		assertThat(changed.statusCode()).isEqualTo(200);
		assertThat(json(changed).path("maxDurationSeconds").asInt()).isEqualTo(600);
		assertThat(json(changed).path("unapplied").asBoolean()).isTrue();
		assertThat(tag(changed)).isEqualTo(tag(get(path))).isNotEqualTo(tag(seen));
		assertThat(ask("PATCH", path, "{\"disallowOutbound\": true}", "If-Match", tag(seen)).statusCode())
			.isEqualTo(412);
		var unlimited = ask("PATCH", path, "{\"maxDurationSeconds\": 0}", "If-Match", "*");
		assertThat(json(unlimited).path("maxDurationSeconds").isNull()).isTrue();
		assertThat(json(unlimited).path("disallowInternational").asBoolean()).isFalse();
		assertThat(errors(ask("PATCH", path, "{\"maxDurationSeconds\": 86401}", "If-Match", "*")))
			.containsOnlyKeys("/maxDurationSeconds");
		assertThat(this.jdbc.sql("select actor from audit_event where action = 'extension.edited' and object_id = ?")
			.param(String.valueOf(id(this.plant, "7012")))
			.query(String.class)
			.set()).containsExactly("operator (token Tests)");
		assertThat(get(EXTENSIONS + "/999999999").statusCode()).isEqualTo(404);
	}

	@Test
	void changesManyByFilterOrById() {
		var done = edited("""
				{"filter": {"q": "scripts", "pbx": %d}, "change": {"disallowOutbound": true}, "expected": 3}"""
			.formatted(this.plant));
		assertThat(done.path("state").asString()).isEqualTo("done");
		assertThat(done.path("changed").asInt()).isEqualTo(3);
		assertThat(done.path("actor").asString()).isEqualTo("operator (token Tests)");
		var byId = edited("""
				{"ids": [%d, %d, 999999999], "change": {"disallowOutbound": true, "maxDurationSeconds": 60}}"""
			.formatted(id(this.plant, "7013"), id(this.office, "7012")));
		assertThat(byId.path("selected").asInt()).isEqualTo(2);
		assertThat(json(get(EXTENSIONS + "/" + id(this.office, "7012"))).path("maxDurationSeconds").asInt())
			.isEqualTo(60);
		assertThat(get(EDITS + "/" + new UUID(0, 0)).statusCode()).isEqualTo(404);
	}

	@Test
	void refusesWhatNobodyCanMean() {
		var change = "\"change\": {\"disallowOutbound\": true}";
		assertThat(errors(ask("POST", EDITS, "{" + change + "}"))).containsOnlyKeys("");
		assertThat(errors(ask("POST", EDITS, "{\"ids\": [1], \"filter\": {}, " + change + "}"))).containsOnlyKeys("");
		assertThat(errors(ask("POST", EDITS, "{\"ids\": [], " + change + "}"))).containsOnlyKeys("/ids");
		assertThat(errors(ask("POST", EDITS, "{\"filter\": {\"show\": \"some\"}, " + change + "}")))
			.containsOnlyKeys("/filter/show");
		assertThat(errors(ask("POST", EDITS, "{\"filter\": {\"q\": \"scripts\"}, \"expected\": 3, " + change + "}")))
			.containsOnlyKeys("/expected");
		assertThat(errors(ask("POST", EDITS, "{\"filter\": {}, \"change\": {}}"))).containsOnlyKeys("/change");
		assertThat(ask("POST", EDITS, "{\"filter\": {\"pbxs\": 1}, " + change + "}").statusCode()).isEqualTo(400);
		assertThat(json(get(EXTENSIONS + "/" + id(this.plant, "7012"))).path("disallowOutbound").asBoolean()).isFalse();
	}

	/** Whoever is limited changes what they see, whatever they name. */
	@Test
	void changesNothingThatIsNotSeen() {
		this.upkeeps.save(this.office, new Upkeep("Scripts group", null));
		var theirs = id(this.plant, "7012");
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), Set.of("Scripts group"), "extension:read",
				"extension:write");
		assertThat(numbers("?q=7012")).containsExactly("7012@o");
		assertThat(get(EXTENSIONS + "/" + theirs).statusCode()).isEqualTo(404);
		assertThat(ask("PATCH", EXTENSIONS + "/" + theirs, "{}", "If-Match", "*").statusCode()).isEqualTo(404);
		var both = edited("""
				{"ids": [%d, %d], "change": {"disallowOutbound": true}}""".formatted(theirs, id(this.office, "7012")));
		assertThat(both.path("selected").asInt()).isEqualTo(1);
		assertThat(edited("{\"filter\": {}, \"change\": {\"disallowOutbound\": false}}").path("selected").asInt())
			.isEqualTo(1);
		assertThat(ask("POST", EDITS, "{\"ids\": [" + theirs + "], \"change\": {\"disallowOutbound\": true}}")
			.statusCode()).isEqualTo(422);
		assertThat(this.jdbc.sql("select count(*) from extension where pbx_id = ? and disallow_outbound")
			.param(this.plant)
			.query(Integer.class)
			.single()).isZero();
	}

	/** The lines of docs/api.md, with this token and these extensions. */
	@Test
	void theExamplesWork() throws IOException {
		var lines = Files.readAllLines(Path.of("docs", "api.md"))
			.stream()
			.filter((line) -> line.startsWith("curl ") && line.contains(EXTENSIONS))
			.map((line) -> line.replaceAll("https?://localhost:8080", "")
				.replace("/extensions/12", "/extensions/" + id(this.plant, "7012"))
				.replace("\"pbx\":1", "\"pbx\":" + this.plant))
			.toList();
		assertThat(lines).hasSize(3);
		for (var line : lines) {
			var body = Pattern.compile("-d '([^']+)'").matcher(line);
			var method = Pattern.compile("-X ([A-Z]+)").matcher(line);
			var at = Pattern.compile(" '?(/api[^' ]+)").matcher(line);
			assertThat(line).contains("-H \"Authorization: Bearer $TOLLGATE_TOKEN\"");
			assertThat(at.find()).isTrue();
			var answer = ask(method.find() ? method.group(1) : "GET", at.group(1), body.find() ? body.group(1) : "",
					"If-Match", line.contains("If-Match") ? tag(get(at.group(1))) : "*");
			assertThat(answer.statusCode()).as(line + answer.body()).isIn(200, 202);
		}
	}

}
