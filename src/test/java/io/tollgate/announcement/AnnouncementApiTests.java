package io.tollgate.announcement;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.route.Block;
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

/** Announcements by scripts. */
@TollgateTest
class AnnouncementApiTests {

	private static final String PATH = "/api/v1/announcements";

	private static final String CLOSED = "{\"name\":\"Closed now\",\"sounds\":[\"sorry\",\"custom/closed\"]}";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	GuardedPlants plants;

	@Autowired
	Announcements announcements;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	@BeforeEach
	void connect() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "route:read", "route:write");
	}

	@AfterEach
	void clear() {
		this.announcements.all()
			.keySet()
			.stream()
			.filter((key) -> !key.equals(Announcements.UNAVAILABLE))
			.forEach(this.announcements::delete);
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

	private HttpResponse<String> closed() {
		var made = ask("POST", PATH, CLOSED);
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		return made;
	}

	@Test
	void areMadeReadAndListed() {
		var made = closed();
		var place = made.headers().firstValue("Location").orElseThrow();
		assertThat(json(made).path("sounds").values()).extracting(JsonNode::asString)
			.containsExactly("sorry", "custom/closed");
		var read = ask("GET", place, "");
		assertThat(read.body()).isEqualTo(made.body());
		assertThat(tag(read)).isEqualTo(json(read).path("etag").asString());
		assertThat(json(ask("GET", PATH, "")).path("items").values()).contains(json(read));
	}

	@Test
	void saysEveryFieldThatIsWrong() {
		closed();
		var refused = ask("POST", PATH, "{\"name\":\"closed now\",\"sounds\":[\"a|b\"],\"code\":\"12\"}");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(json(refused).path("errors").values()).extracting((error) -> error.path("path").asString())
			.containsExactly("/name", "/sounds", "/code");
		assertThat(ask("POST", PATH, "{\"name\":\"Silence\"}").statusCode()).isEqualTo(422);
	}

	@Test
	void noChangeIsLost() {
		var made = closed();
		var place = made.headers().firstValue("Location").orElseThrow();
		var wanted = "{\"name\":\"Closed now\",\"sounds\":[\"sorry\"],\"answer\":true}";
		assertThat(ask("PUT", place, wanted).statusCode()).isEqualTo(428);
		assertThat(ask("DELETE", place, "").statusCode()).isEqualTo(428);
		var changed = ask("PUT", place, wanted, "If-Match", tag(made));
		assertThat(json(changed).path("answer").asBoolean()).as(changed.body()).isTrue();
		assertThat(ask("PUT", place, wanted, "If-Match", tag(made)).statusCode()).isEqualTo(412);
		assertThat(ask("DELETE", place, "", "If-Match", tag(made)).statusCode()).isEqualTo(412);
		assertThat(ask("DELETE", place, "", "If-Match", tag(changed)).statusCode()).isEqualTo(204);
		assertThat(ask("DELETE", place, "", "If-Match", "*").statusCode()).isEqualTo(404);
	}

	@Test
	void oneThatARoutePlaysStays() {
		var key = json(closed()).path("id").asString();
		var plant = this.plants.connect();
		try {
			this.routes.add(plant.pbx(),
					OutboundRoute.blocking("Premium", new Block(Block.REJECTED, key), List.of("900XXXX")));
			assertThat(json(ask("GET", PATH + "/" + key, "")).path("routes").path(0).path("name").asString())
				.isEqualTo("Premium");
			var refused = ask("DELETE", PATH + "/" + key, "", "If-Match", "*");
			assertThat(refused.statusCode()).isEqualTo(422);
			assertThat(refused.body()).contains("Closed now is not deleted", "Premium");
			assertThat(this.announcements.find(key)).isPresent();
		}
		finally {
			this.plants.remove(plant);
		}
	}

}
