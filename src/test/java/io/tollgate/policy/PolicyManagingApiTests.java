package io.tollgate.policy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.PbxRegistry;
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

import static org.assertj.core.api.Assertions.assertThat;

/** Policies made, named, followed and deleted by scripts, and what belongs to them. */
@TollgateTest
class PolicyManagingApiTests {

	private static final String POLICIES = "/api/v1/policies";

	private static final String HOURS = "/api/v1/business-hours";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists restrictions;

	@Autowired
	WorkingWeek week;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private GuardedPlants.Plant plant;

	private BusinessHours before;

	private String operator;

	private String administrator;

	private String path;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.operator = this.tokens.make(this.people.username(Role.OPERATOR), TestTokens.all());
		this.administrator = this.tokens.make(this.people.username(Role.ADMINISTRATOR), TestTokens.all());
		this.plant = this.plants.connect();
		this.extensions.discovered(this.plant.pbx(), List.of(new Discovered("1001", "Ana")));
		this.path = POLICIES + "/" + this.plant.policy();
		this.before = this.week.hours();
	}

	@AfterEach
	void clear() {
		this.week.restore(this.before);
		this.plants.remove(this.plant);
		this.policies.names().forEach((id, name) -> {
			if (name.startsWith("Scripted")) {
				this.policies.delete(id);
			}
		});
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String token, String method, String path, String body) {
		return new Http(this.port).exchange(method, path, body, "application/json", "Authorization", "Bearer " + token,
				"If-Match", "*");
	}

	private HttpResponse<String> seen(String method, String path, String body, String tag) {
		return new Http(this.port).exchange(method, path, body, "application/json", "Authorization",
				"Bearer " + this.administrator, "If-Match", tag);
	}

	private JsonNode get(String path) {
		var answer = ask(this.operator, "GET", path, "");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return json(answer);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.builder().build().readTree(answer.body());
	}

	private static String wrong(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		return json(answer).at("/errors/0/path").asString();
	}

	@Test
	void aPolicyIsMadeNamedFollowedAndDeleted() {
		var body = "{\"name\":\"Scripted\",\"homeCountry\":\"US\",\"copyFrom\":%d}".formatted(this.plant.policy());
		assertThat(ask(this.operator, "POST", POLICIES, body).statusCode()).as("administrators only").isEqualTo(403);
		var made = ask(this.administrator, "POST", POLICIES, body);
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		var place = made.headers().firstValue("Location").orElseThrow();
		var tag = made.headers().firstValue("ETag").orElseThrow();
		assertThat(json(made).path("protection").asBoolean()).as("copied").isTrue();
		assertThat(json(made).path("dialingCode").asString()).as("of its home country").isEqualTo("011");
		assertThat(wrong(ask(this.administrator, "POST", POLICIES, body))).as("taken").isEqualTo("/name");
		assertThat(wrong(ask(this.administrator, "POST", POLICIES, body.replace("US", "XX").replace("ted", "ted 2"))))
			.isEqualTo("/homeCountry");

		assertThat(ask(this.operator, "PATCH", place, "{\"name\":\"Scripted 2\"}").statusCode()).isEqualTo(403);
		var named = seen("PATCH", place, "{\"name\":\"Scripted 2\",\"homeCountry\":\"CA\",\"repairsByItself\":true}",
				tag);
		assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
		assertThat(List.of(json(named).path("name").asString(), json(named).path("homeCountry").asString(),
				json(named).path("repairsByItself").asString()))
			.containsExactly("Scripted 2", "CA", "true");
		assertThat(get(POLICIES).toString()).contains("\"repairsByItself\":true");
		assertThat(seen("PATCH", place, "{\"name\":\"Scripted 3\"}", tag).statusCode()).isEqualTo(412);
		assertThat(wrong(ask(this.administrator, "PATCH", place, "{\"name\":\"Mexico plants\",\"protection\":false}")))
			.isEqualTo("/name");
		assertThat(get(place).path("protection").asBoolean()).as("wholly or not at all").isTrue();

		var id = place.substring(place.lastIndexOf('/') + 1);
		var follow = "/api/v1/pbxs/" + this.plant.pbx() + "/policy";
		assertThat(ask(this.operator, "PUT", follow, "{\"policy\":" + id + "}").statusCode()).isEqualTo(403);
		assertThat(wrong(ask(this.administrator, "PUT", follow, "{\"policy\":999999}"))).isEqualTo("/policy");
		assertThat(ask(this.administrator, "PUT", follow, "{\"policy\":" + id + "}").statusCode()).isEqualTo(200);
		assertThat(get("/api/v1/pbxs/" + this.plant.pbx()).path("policy").asString()).isEqualTo(id);
		var used = ask(this.administrator, "DELETE", place, "");
		assertThat(used.statusCode()).isEqualTo(422);
		assertThat(used.body()).contains("Monterrey plant");
		this.registry.assignPolicy(this.plant.pbx(), this.plant.policy());
		assertThat(ask(this.operator, "DELETE", place, "").statusCode()).isEqualTo(403);
		assertThat(seen("DELETE", place, "", tag).statusCode()).isEqualTo(412);
		assertThat(ask(this.administrator, "DELETE", place, "").statusCode()).isEqualTo(204);
		assertThat(ask(this.operator, "GET", place, "").statusCode()).isEqualTo(404);
		assertThat(ask(this.administrator, "DELETE", place, "").statusCode()).isEqualTo(404);
	}

	@Test
	void presetsAreRestrictedAndReleased() {
		assertThat(get(this.path + "/presets").path("items").valueStream()).hasSize(6)
			.noneMatch((item) -> item.path("restricted").asBoolean());
		var on = ask(this.operator, "PUT", this.path + "/presets/satellite", "");
		assertThat(on.statusCode()).as(on.body()).isEqualTo(200);
		assertThat(this.restrictions.list(this.plant.policy())).isNotEmpty();
		assertThat(get(this.path + "/restrictions").at("/items/0/preset").asString()).isEqualTo("satellite");
		assertThat(seen("DELETE", this.path + "/presets/satellite", "", "\"0\"").statusCode()).isEqualTo(412);
		assertThat(ask(this.operator, "DELETE", this.path + "/presets/satellite", "").statusCode()).isEqualTo(200);
		assertThat(this.restrictions.list(this.plant.policy())).isEmpty();
		assertThat(ask(this.operator, "PUT", this.path + "/presets/none", "").statusCode()).isEqualTo(404);
	}

	@Test
	void exemptionsAreGrantedAndEnd() {
		ask(this.operator, "PUT", this.path + "/presets/satellite", "");
		var until = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
		var body = "{\"pbx\":%d,\"extension\":\"1001\",\"target\":\"satellite\",\"until\":\"%s\"}"
			.formatted(this.plant.pbx(), until);
		var granted = ask(this.operator, "POST", this.path + "/exemptions", body);
		assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
		var forever = ask(this.operator, "POST", this.path + "/exemptions",
				body.replaceFirst(",\"until\":\"[^\"]+\"", ""));
		assertThat(json(forever).path("id")).as("the same one").isEqualTo(json(granted).path("id"));
		assertThat(json(forever).path("until").isNull()).isTrue();
		var listed = get(this.path + "/exemptions").path("items");
		assertThat(listed.valueStream()).hasSize(1);
		assertThat(listed.at("/0/target").asString()).isEqualTo("satellite");
		assertThat(listed.at("/0/extension").asString()).isEqualTo("1001");

		assertThat(wrong(post(body.replace("1001", "9999")))).isEqualTo("/extension");
		assertThat(wrong(post(body.replace("satellite", "44")))).isEqualTo("/target");
		assertThat(wrong(post(body.replace(until.toString(), "2020-01-01T00:00:00Z")))).isEqualTo("/until");
		assertThat(wrong(post(body.replace("\"extension\"", "\"group\":\"x\",\"extension\"")))).isEqualTo("/group");
		assertThat(post(body.replace(":" + this.plant.pbx() + ",", ":999999,")).statusCode()).isEqualTo(404);

		var one = this.path + "/exemptions/" + listed.at("/0/id").asString();
		assertThat(ask(this.operator, "DELETE", POLICIES + "/1/exemptions/" + listed.at("/0/id").asString(), "")
			.statusCode()).as("of another policy").isEqualTo(404);
		assertThat(ask(this.operator, "DELETE", one, "").statusCode()).isEqualTo(204);
		assertThat(ask(this.operator, "DELETE", one, "").statusCode()).isEqualTo(404);
		assertThat(this.restrictions.exemptions(this.plant.policy())).isEmpty();
	}

	/** The line of docs/api.md, with this PBX and a time to come. */
	@Test
	void theExampleWorks() throws IOException {
		ask(this.operator, "PUT", this.path + "/presets/satellite", "");
		var body = Files.readAllLines(Path.of("docs", "api.md"))
			.stream()
			.filter((line) -> line.startsWith("curl ") && line.endsWith("/exemptions"))
			.map((line) -> line.replaceAll(".* -d '([^']+)' .*", "$1"))
			.findFirst()
			.orElseThrow()
			.replace("\"pbx\":1,", "\"pbx\":" + this.plant.pbx() + ",")
			.replaceAll("\\d{4}-[^\"]+Z", Instant.now().plus(3, ChronoUnit.DAYS).toString());
		assertThat(post(body).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> post(String body) {
		return ask(this.operator, "POST", this.path + "/exemptions", body);
	}

	@Test
	void theBusinessHoursAreSetAsAWhole() {
		var shown = ask(this.operator, "GET", HOURS, "");
		var tag = shown.headers().firstValue("ETag").orElseThrow();
		var body = """
				{"timeZone":"America/Monterrey","days":[{"day":"friday","opens":"09:00","closes":"24:00"},
				 {"day":"monday","opens":"8","closes":"17:30"}]}""";
		var set = seen("PUT", HOURS, body, tag);
		assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
		assertThat(set.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
		assertThat(get(HOURS)).isEqualTo(json(set));
		assertThat(get(HOURS).path("days").get(0).toString())
			.isEqualTo("{\"day\":\"monday\",\"opens\":\"08:00\",\"closes\":\"17:30\"}");
		assertThat(this.week.hours().days().keySet()).containsExactly(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
		assertThat(seen("PUT", HOURS, body, tag).statusCode()).as("seen before").isEqualTo(412);

		assertThat(wrong(ask(this.operator, "PUT", HOURS, body.replace("America/Monterrey", "SystemV/EST5"))))
			.isEqualTo("/timeZone");
		assertThat(wrong(ask(this.operator, "PUT", HOURS, body.replace("monday", "friday")))).isEqualTo("/days/1/day");
		assertThat(wrong(ask(this.operator, "PUT", HOURS, body.replace("17:30", "7")))).isEqualTo("/days/1/closes");
		assertThat(wrong(ask(this.operator, "PUT", HOURS, body.replace("09:00", "now")))).isEqualTo("/days/0/opens");
		assertThat(get(HOURS)).as("nothing of these").isEqualTo(json(set));
	}

}
