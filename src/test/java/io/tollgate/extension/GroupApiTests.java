package io.tollgate.extension;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
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

/** Extension groups by scripts. */
@TollgateTest
class GroupApiTests {

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Groups groups;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private GuardedPlants.Plant plant;

	private String token;

	private String path;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "extension:read", "extension:write");
		this.plant = this.plants.connect();
		this.path = "/api/v1/pbxs/" + this.plant.pbx() + "/groups";
	}

	@AfterEach
	void clear() {
		this.plants.remove(this.plant);
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String method, String path, String body, String... headers) {
		var all = new ArrayList<>(List.of("Authorization", "Bearer " + this.token));
		all.addAll(List.of(headers));
		return new Http(this.port).exchange(method, path, body, "application/json", all.toArray(String[]::new));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.builder().build().readTree(answer.body());
	}

	private static String tag(HttpResponse<String> answer) {
		return answer.headers().firstValue("ETag").orElseThrow();
	}

	private HttpResponse<String> sales() {
		var made = ask("POST", this.path, "{\"name\":\" Sales \",\"members\":[\"1001-1002\"]}");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		return made;
	}

	@Test
	void areMadeReadAndListed() {
		var made = sales();
		var place = made.headers().firstValue("Location").orElseThrow();
		assertThat(json(made).path("name").asString()).isEqualTo("Sales");
		assertThat(json(made).path("members").values()).extracting(JsonNode::asString).containsExactly("1001", "1002");
		var read = ask("GET", place, "");
		assertThat(read.body()).isEqualTo(made.body());
		assertThat(tag(read)).isEqualTo(json(read).path("etag").asString());
		assertThat(json(ask("GET", this.path, "")).path("items").path(0)).isEqualTo(json(read));
	}

	@Test
	void saysWhichFieldIsWrong() {
		sales();
		assertThat(wrong("{\"name\":\"sales\"}")).isEqualTo("/name");
		assertThat(wrong("{\"members\":[\"1001\"]}")).isEqualTo("/name");
		assertThat(wrong("{\"name\":\"Others\",\"members\":[\"1001\",\"7777\"]}")).isEqualTo("/members");
		assertThat(this.groups.of(this.plant.pbx())).hasSize(1);
	}

	private String wrong(String body) {
		var answer = ask("POST", this.path, body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		return json(answer).path("errors").path(0).path("path").asString();
	}

	@Test
	void noChangeIsLost() {
		var made = sales();
		var place = made.headers().firstValue("Location").orElseThrow();
		var wanted = "{\"name\":\"Sales\",\"members\":[\"1001\"]}";
		assertThat(ask("PUT", place, wanted).statusCode()).isEqualTo(428);
		assertThat(ask("DELETE", place, "").statusCode()).isEqualTo(428);
		var changed = ask("PUT", place, wanted, "If-Match", tag(made));
		assertThat(json(changed).path("members").size()).as(changed.body()).isOne();
		assertThat(ask("PUT", place, wanted, "If-Match", tag(made)).statusCode()).isEqualTo(412);
		assertThat(ask("DELETE", place, "", "If-Match", tag(made)).statusCode()).isEqualTo(412);
		assertThat(ask("DELETE", place, "", "If-Match", tag(changed)).statusCode()).isEqualTo(204);
		assertThat(ask("DELETE", place, "", "If-Match", "*").statusCode()).isEqualTo(404);
	}

	@Test
	void aGroupThatARouteNamesStays() {
		var key = json(sales()).path("id").asString();
		var route = this.routes.list(this.plant.pbx()).getFirst();
		this.routes.save(this.plant.pbx(), route.id(), forGroup(route.route(), key));
		var item = ask("GET", this.path + "/" + key, "");
		assertThat(json(item).path("routes").path(0).asString()).isEqualTo(route.route().name());
		var refused = ask("DELETE", this.path + "/" + key, "", "If-Match", "*");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains(route.route().name());
		assertThat(this.groups.find(this.plant.pbx(), key)).isPresent();
	}

	private static OutboundRoute forGroup(OutboundRoute route, String key) {
		return new OutboundRoute(route.name(), route.type(), true, route.rules(), route.trunks(), null,
				new TreeSet<>(List.of(ExtensionGroup.PREFIX + key)), null, "", "");
	}

}
