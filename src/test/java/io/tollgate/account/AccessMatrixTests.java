package io.tollgate.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks every route as everybody and compares with {@code docs/access-matrix.md}: a new
 * route is in here as soon as it exists. Who is let in meets a stub in place of what the
 * route does, inside of all that decides about access, so that nothing is done.
 */
@TollgateTest
@Import(AccessMatrixTests.Stub.class)
class AccessMatrixTests {

	private static final Path KEPT = Path.of("docs", "access-matrix.md");

	private static final Path ANSWERED = Path.of("target", "access-matrix.md");

	private static final String LET_IN = "yes";

	/** What the stub answers, and no page does. */
	private static final int LET_THROUGH = 418;

	/** What is meant for people who are not signed in, whatever the file says. */
	private static final Set<String> OPEN = Set.of("GET /sign-in", "POST /sign-in/refused", "GET /sign-in/provider",
			"GET /set-up", "POST /set-up", "GET /welcome", "POST /welcome", "GET /error", "POST /error",
			"GET /actuator/health", "GET /actuator/health/**", "GET /assets/**", "GET /webjars/**", "POST /language",
			"POST /sign-in", "POST /sign-out", "POST /login/webauthn", "POST /webauthn/authenticate/options");

	/** What a viewer may send although it is not a GET. */
	private static final Set<String> FOR_VIEWERS = Set.of("POST /tester", "POST /confirm", "POST /account/name",
			"POST /account/password", "POST /account/sessions/end", "POST /account/passkeys/name",
			"POST /account/passkeys/remove", "POST /webauthn/register", "POST /webauthn/register/options");

	/** Routes that no controller has, each with a path to ask for. */
	private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry("POST /sign-in", "/sign-in"),
			Map.entry("POST /sign-out", "/sign-out"), Map.entry("GET /assets/**", "/assets/app.css"),
			Map.entry("GET /webjars/**", "/webjars/htmx.org/dist/htmx.min.js"),
			Map.entry("POST /webauthn/authenticate/options", "/webauthn/authenticate/options"),
			Map.entry("POST /login/webauthn", "/login/webauthn"),
			Map.entry("POST /webauthn/register/options", "/webauthn/register/options"),
			Map.entry("POST /webauthn/register", "/webauthn/register"),
			Map.entry("GET /login/webauthn", "/login/webauthn"), Map.entry("GET /login", "/login"),
			Map.entry("GET /logout", "/logout"), Map.entry("GET /oauth2/authorization/*", "/oauth2/authorization/none"),
			Map.entry("GET /login/oauth2/code/*", "/login/oauth2/code/none"),
			Map.entry("GET (anything else)", "/nowhere"), Map.entry("POST (anything else)", "/nowhere"));

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(?::([^}]*))?}");

	@Autowired
	List<RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	TestAccounts people;

	@Autowired
	SessionRepository<? extends Session> sessions;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	/**
	 * A route and what it takes for a request to be understood: whoever sends nonsense is
	 * told so before they are told that they may not.
	 */
	private record Route(String method, String pattern, String path, Map<String, String> fields) {

		@Override
		public String toString() {
			return this.method + " " + this.pattern;
		}

		boolean reads() {
			return this.method.equals("GET");
		}

	}

	@BeforeEach
	void somebodyExists() {
		this.people.username(io.tollgate.account.Role.VIEWER);
	}

	@Test
	void everyCellIsAsItIsWrittenDown() throws IOException {
		var routes = routes();
		var columns = new LinkedHashMap<String, Map<Route, String>>();
		columns.put("anonymous", cells(routes, new Http(this.port)));
		columns.put("disabled", disabled(routes));
		for (var role : io.tollgate.account.Role.values()) {
			columns.put(role.name().toLowerCase(java.util.Locale.ROOT),
					cells(routes, new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD)));
		}
		var table = table(routes, columns);
		Files.writeString(ANSWERED, table);
		routes.forEach((route) -> assertBounds(route, columns));
		assertThat(Files.exists(KEPT) ? Files.readString(KEPT) : "")
			.as("docs/access-matrix.md: look at each line that differs, then copy target/access-matrix.md there")
			.isEqualTo(table);
	}

	/** What no file can make right. */
	private static void assertBounds(Route route, Map<String, Map<Route, String>> columns) {
		for (var nobody : List.of("anonymous", "disabled")) {
			if (!OPEN.contains(route.toString())) {
				assertThat(columns.get(nobody).get(route)).as("%s for %s", route, nobody)
					.isIn("sign in", "403", "401", route.path().equals("/webauthn/register/options") ? "400" : "403");
			}
		}
		if (!route.reads() && !OPEN.contains(route.toString()) && !FOR_VIEWERS.contains(route.toString())) {
			assertThat(columns.get("viewer").get(route)).as("%s for viewer", route).isEqualTo("403");
		}
	}

	@Test
	void nothingIsWrittenWithoutAToken() {
		var administrator = new Http(this.port).signIn(this.people.username(io.tollgate.account.Role.ADMINISTRATOR),
				TestAccounts.PASSWORD);
		routes().stream().filter((route) -> !route.reads()).forEach((route) -> {
			assertThat(new Http(this.port).send(route.method(), route.path(), "").statusCode()).as(route.toString())
				.isEqualTo(403);
			assertThat(administrator.send(route.method(), route.path(), "").statusCode()).as(route.toString())
				.isEqualTo(403);
		});
	}

	/** htmx is led to sign-in as a page, and never gets one in place of a row. */
	@Test
	void htmxIsLedToSignIn() {
		var anonymous = new Http(this.port);
		routes().stream()
			.filter((route) -> route.reads() && !OPEN.contains(route.toString())
					&& !OTHERS.containsKey(route.toString()))
			.forEach((route) -> {
				var answer = anonymous.get(route.path(), "HX-Request", "true");
				assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
				assertThat(answer.headers().firstValue("HX-Redirect")).as(route.toString()).hasValue("/sign-in");
			});
	}

	private Map<Route, String> cells(List<Route> routes, Http who) {
		var cells = new LinkedHashMap<Route, String>();
		who.get("/sign-in");
		for (var route : routes) {
			if (!route.toString().equals("POST /sign-out")) {
				cells.put(route, cell(route, who));
			}
		}
		var last = routes.stream()
			.filter((route) -> route.toString().equals("POST /sign-out"))
			.findFirst()
			.orElseThrow();
		cells.put(last, cell(last, who));
		return cells;
	}

	private static String cell(Route route, Http who) {
		var answer = route.reads() ? who.get(route.path() + query(route)) : route.method().equals("POST")
				? who.post(route.path(), route.fields()) : who.send(route.method(), route.path(), "");
		var target = answer.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]*", "");
		return switch (answer.statusCode()) {
			case LET_THROUGH, 200 -> LET_IN;
			case 302 -> target.matches("/sign-in(\\?ended)?") ? "sign in" : "to " + target.replaceFirst("\\?.*", "");
			default -> String.valueOf(answer.statusCode());
		};
	}

	/**
	 * Each route with a live session of its own, begun before the account was disabled.
	 */
	private Map<Route, String> disabled(List<Route> routes) {
		var name = this.people.another("matrix-disabled", io.tollgate.account.Role.ADMINISTRATOR);
		this.jdbc.sql("update account set enabled = true where username = ?").param(name).update();
		var http = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
		var id = OneTimeToken.hash(http.session());
		SecurityContext context = this.sessions.findById(id).getRequiredAttribute("SPRING_SECURITY_CONTEXT");
		this.jdbc.sql("update account set enabled = false where username = ?").param(name).update();
		var cells = new LinkedHashMap<Route, String>();
		for (var route : routes) {
			var who = new Http(this.port);
			who.get("/sign-in");
			var own = OneTimeToken.hash(who.session());
			give(this.sessions, own, context);
			cells.put(route, cell(route, who));
		}
		return cells;
	}

	private static <S extends Session> void give(SessionRepository<S> sessions, String id, SecurityContext context) {
		var session = sessions.findById(id);
		session.setAttribute("SPRING_SECURITY_CONTEXT", context);
		sessions.save(session);
	}

	private List<Route> routes() {
		var all = new TreeMap<String, Route>();
		for (var mapping : this.mappings) {
			mapping.getHandlerMethods()
				.forEach((info, handler) -> routes(info, handler)
					// ApiAccessTests has those
					.filter((route) -> !route.pattern().startsWith("/api/")
							&& !route.pattern().equals(MetricsAccess.PATH))
					.forEach((route) -> all.put(route.pattern() + " " + route.method(), route)));
		}
		OTHERS.forEach((route, path) -> {
			var parts = route.split(" ", 2);
			all.putIfAbsent(parts[1] + " " + parts[0], new Route(parts[0], parts[1], path, Map.of()));
		});
		assertThat(all).hasSizeGreaterThan(100);
		return List.copyOf(all.values());
	}

	private static Stream<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
		var methods = info.getMethodsCondition().getMethods().isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST)
				: info.getMethodsCondition().getMethods();
		var fields = new LinkedHashMap<String, String>();
		var variables = new LinkedHashMap<String, String>();
		for (var parameter : handler.getMethod().getParameters()) {
			var field = AnnotatedElementUtils.findMergedAnnotation(parameter, RequestParam.class);
			if (field != null && field.required() && field.defaultValue().equals(ValueConstants.DEFAULT_NONE)
					&& !Map.class.isAssignableFrom(parameter.getType())) {
				fields.put(field.name().isEmpty() ? parameter.getName() : field.name(), sample(parameter.getType()));
			}
			var variable = AnnotatedElementUtils.findMergedAnnotation(parameter, PathVariable.class);
			if (variable != null) {
				variables.put(variable.name().isEmpty() ? parameter.getName() : variable.name(),
						sample(parameter.getType()));
			}
		}
		return info.getPatternValues()
			.stream()
			.flatMap((pattern) -> methods.stream()
				.map((method) -> new Route(method.name(), pattern, path(pattern, variables), fields)));
	}

	private static String path(String pattern, Map<String, String> variables) {
		return VARIABLE.matcher(pattern.replaceAll("/?\\*\\*$", "")).replaceAll((found) -> {
			var choice = found.group(2);
			return (choice != null && choice.contains("|")) ? choice.replaceFirst("\\|.*", "")
					: variables.getOrDefault(found.group(1), "1");
		});
	}

	private static String sample(Class<?> type) {
		if (type == UUID.class) {
			return new UUID(0, 1).toString();
		}
		if (type.isEnum()) {
			return ((Enum<?>) type.getEnumConstants()[0]).name();
		}
		return (type == boolean.class || type == Boolean.class) ? "true" : "1";
	}

	private static String query(Route route) {
		return route.fields().isEmpty() ? ""
				: "?" + route.fields()
					.entrySet()
					.stream()
					.map((field) -> field.getKey() + "=" + field.getValue())
					.collect(Collectors.joining("&"));
	}

	private static String table(List<Route> routes, Map<String, Map<Route, String>> columns) {
		var lines = new ArrayList<String>();
		lines.add("# Who reaches what");
		lines.add("");
		lines.add("Every route, asked over HTTP as everybody by `AccessMatrixTests`, which fails when an answer is "
				+ "another one or a route is missing here. *yes*: let in; *sign in*: sent to the sign-in page; "
				+ "*to …*: sent there; numbers: refused with that status. *disabled* is an administrator whose "
				+ "session was live when the account was disabled. Roles see only the PBXs of their scope, and what "
				+ "is sensitive needs a sign-in of the last ten minutes besides.");
		lines.add("");
		lines.add("| route | " + String.join(" | ", columns.keySet()) + " |");
		lines.add("|---" + "|---".repeat(columns.size()) + "|");
		for (var route : routes) {
			lines.add("| `" + route + "` | "
					+ String.join(" | ", columns.values().stream().map((cells) -> cells.get(route)).toList()) + " |");
		}
		return String.join("\n", lines) + "\n";
	}

	/** In place of what the pages do. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Stub {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor insteadOfTheControllers() {
			return new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(Controller.class, true),
					(MethodInterceptor) (call) -> {
						if (call.getThis() instanceof ErrorController || call.getMethod()
							.isAnnotationPresent(org.springframework.web.bind.annotation.ModelAttribute.class)) {
							return call.proceed();
						}
						throw new ResponseStatusException(HttpStatusCode.valueOf(LET_THROUGH));
					});
		}

	}

}
