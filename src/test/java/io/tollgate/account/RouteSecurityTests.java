package io.tollgate.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Generated from the handler mappings: a new route is in here as soon as it exists. */
@TollgateTest
class RouteSecurityTests {

	/** What is meant for people who are not signed in. */
	private static final Set<String> OPEN = Set.of("/sign-in", "/sign-in/refused", "/sign-in/provider", "/set-up",
			"/welcome", "/actuator/health");

	/** What a viewer may send although it is not a GET. */
	private static final Set<String> FOR_VIEWERS = Set.of("/tester", "/confirm", "/account/passkeys/name",
			"/account/passkeys/remove", "/account/name", "/account/password", "/account/sessions/end");

	@Autowired
	List<RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private record Route(String method, String pattern) {

		String path() {
			return this.pattern.replaceAll("/?\\*\\*$", "").replaceAll("\\{[^}]*}", "1");
		}

		boolean reads() {
			return this.method.equals("GET");
		}

	}

	@BeforeEach
	void somebodyExists() {
		this.people.username(Role.VIEWER);
	}

	@TestFactory
	Stream<DynamicTest> nobodyReadsWithoutASession() {
		return routes().filter((route) -> route.reads() && !OPEN.contains(route.path()))
			.map((route) -> dynamicTest("GET " + route.pattern(), () -> {
				var response = new Http(this.port).get(route.path());
				assertThat(response.statusCode()).isEqualTo(302);
				assertThat(response.headers().firstValue("Location")).hasValueSatisfying(
						(target) -> assertThat(target).isEqualTo("http://localhost:" + this.port + "/sign-in"));
				var htmx = new Http(this.port).get(route.path(), "HX-Request", "true");
				assertThat(htmx.statusCode()).isEqualTo(401);
				assertThat(htmx.headers().firstValue("HX-Redirect")).hasValue("/sign-in");
			}));
	}

	@TestFactory
	Stream<DynamicTest> nothingIsWrittenWithoutATokenOrARole() {
		var administrator = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		return routes().filter((route) -> !route.reads()).map((route) -> dynamicTest(route.toString(), () -> {
			assertThat(new Http(this.port).send(route.method(), route.path(), "").statusCode()).isEqualTo(403);
			assertThat(administrator.send(route.method(), route.path(), "").statusCode()).isEqualTo(403);
			if (route.method().equals("POST") && !OPEN.contains(route.path()) && !FOR_VIEWERS.contains(route.path())) {
				assertThat(viewer.post(route.path(), Map.of()).statusCode()).isEqualTo(403);
			}
		}));
	}

	private Stream<Route> routes() {
		var all = new ArrayList<Route>();
		for (var mapping : this.mappings) {
			mapping.getHandlerMethods().keySet().forEach((info) -> all.addAll(routes(info)));
		}
		assertThat(all).hasSizeGreaterThan(3);
		// ApiAccessTests has those
		return all.stream().distinct().filter((route) -> !route.pattern().startsWith("/api/"));
	}

	private static List<Route> routes(RequestMappingInfo info) {
		var methods = info.getMethodsCondition().getMethods().isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST)
				: info.getMethodsCondition().getMethods();
		return info.getPatternValues()
			.stream()
			.flatMap((pattern) -> methods.stream().map((method) -> new Route(method.name(), pattern)))
			.toList();
	}

}
