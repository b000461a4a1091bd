package io.tollgate.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may use which endpoint, asked over HTTP and compared with the table in the
 * documents. Generated from the handler mappings: a new endpoint is in here as soon as it
 * exists.
 */
@TollgateTest
class ApiAccessTests {

	private static final Path TABLE = Path.of("docs", "api-access-matrix.md");

	/** Says what there is and nothing of what is in it, so any token will do. */
	private static final String DESCRIPTION = "/api/v1/openapi.json";

	private static final Path ANSWERED = Path.of("target", "api-access-matrix.md");

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@Autowired
	Accounts accounts;

	@Autowired
	ApiTokens tokens;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	private final List<Http> places = new ArrayList<>();

	@LocalServerPort
	int port;

	@AfterEach
	void nothing() {
		made().remove();
		this.jdbc.sql("delete from account where username like 'matrix-%'").update();
	}

	private String token(String username, Set<ApiScope> scopes) {
		return made().make(username, scopes.stream().map(ApiScope::word).toArray(String[]::new));
	}

	private TestTokens made() {
		return new TestTokens(this.accounts, this.tokens, this.jdbc);
	}

	private Map<String, String> routes() {
		var routes = new TreeMap<String, String>();
		this.mappings.getHandlerMethods().forEach((info, method) -> info.getPatternValues().forEach((pattern) -> {
			if (pattern.startsWith("/api")) {
				var needs = method.getMethodAnnotation(PreAuthorize.class);
				assertThat(needs).as("%s asks for a scope", pattern).isNotNull();
				assertThat(needs.value())
					.matches(pattern.equals(DESCRIPTION) ? "hasRole\\('VIEWER'\\)" : pattern.equals(BootstrapApi.PATH)
							? "hasAuthority\\('BOOTSTRAP'\\)"
							: "hasAuthority\\('SCOPE_[a-z:-]+'\\)( and hasAuthority\\('SCOPE_[a-z:-]+'\\))?( and hasRole\\('(OPERATOR|ADMINISTRATOR)'\\))?");
				assertThat(info.getMethodsCondition().getMethods()).as(pattern).hasSize(1);
				routes.put(info.getMethodsCondition().getMethods().iterator().next() + " " + pattern, needs.value());
			}
		}));
		// of the actuator, not of a controller
		routes.put("GET " + MetricsAccess.PATH, "hasAuthority('SCOPE_metrics:read')");
		return routes;
	}

	/** What is understood, and comes to nothing. */
	private static String body(String path) {
		return switch (path.substring(path.lastIndexOf('/') + 1)) {
			case "dial-tests" -> "{\"extension\":\"999999\",\"number\":\"0054\"}";
			case "continue" -> "{\"wave\":1}";
			case "repair", "adopt" -> "{\"drift\":\"x\"}";
			case "restore" -> "{\"review\":\"x\"}";
			case "policies" -> "{\"name\":\"\",\"homeCountry\":\"MX\",\"copyFrom\":999999}";
			case "exemptions" -> "{\"pbx\":999999,\"target\":\"882\"}";
			case "business-hours" -> "{\"timeZone\":\"Nowhere\",\"days\":[]}";
			case "policy" -> "{\"policy\":999999}";
			default -> "{}";
		};
	}

	/** One address alone has to wait after so many refusals. */
	private int ask(String route, String token) {
		var parts = route.split(" ");
		var path = parts[1].replaceAll("\\{(apply|edit)}", "00000000-0000-0000-0000-000000000000")
			.replaceAll("\\{[^}]*}", "999999");
		var body = parts[0].equals("GET") ? "" : body(path);
		var type = path.endsWith("/patterns") ? "text/csv"
				: path.contains("/policy-files/") ? "application/yaml" : "application/json";
		var asked = path + (path.endsWith("/policy-files/apply") ? "?review=x" : "");
		var http = this.places.get(Math.floorMod(route.hashCode(), this.places.size()));
		return (token.isEmpty() ? http.exchange(parts[0], asked, body, type) : http.exchange(parts[0], asked, body,
				type, "Authorization", "Bearer " + token, "If-Match", "*", "Idempotency-Key", route.replace(" ", "")))
			.statusCode();
	}

	@Test
	void isWhatTheTableSays() throws IOException {
		for (int i = 1; i <= 8; i++) {
			this.places.add(new Http(this.port, "127.0.0." + (100 + i)));
		}
		var senders = new LinkedHashMap<String, String>();
		senders.put("no token", "");
		for (var scope : ApiScope.values()) {
			senders.put(scope.word(), token(this.people.username(Role.ADMINISTRATOR), Set.of(scope)));
		}
		for (var role : Role.values()) {
			senders.put("all, of " + role.name().toLowerCase(Locale.ROOT),
					token(this.people.username(role), Set.of(ApiScope.values())));
		}
		var disabled = this.accounts.create("matrix-disabled", "Disabled", TestAccounts.PASSWORD, Role.OPERATOR);
		senders.put("all, of a disabled user", token(disabled.username(), Set.of(ApiScope.values())));
		this.jdbc.sql("update account set enabled = false where id = ?").param(disabled.id()).update();

		var lines = new ArrayList<String>();
		lines.add("# Who may use the API");
		lines.add("");
		lines.add("Status answered to each token; a test asks for every cell and compares. 404 and 422: it may, "
				+ "but the test names a policy or an extension that is not there. A page's session counts for nothing here.");
		lines.add("");
		lines.add("| endpoint | " + String.join(" | ", senders.keySet()) + " |");
		lines.add("|---".repeat(senders.size() + 1) + "|");
		for (var route : routes().keySet()) {
			var cells = senders.values().stream().map((token) -> String.valueOf(ask(route, token))).toList();
			lines.add("| `" + route + "` | " + String.join(" | ", cells) + " |");
		}
		Files.createDirectories(ANSWERED.getParent());
		Files.writeString(ANSWERED, String.join("\n", lines) + "\n");
		assertThat(Files.exists(TABLE) ? Files.readAllLines(TABLE) : List.of())
			.as("docs; if the change is meant, copy %s", ANSWERED)
			.isEqualTo(lines);
	}

	@Test
	void asksForAScopeThatExists() {
		var routes = routes();
		routes.remove("GET " + DESCRIPTION);
		routes.remove("POST " + BootstrapApi.PATH);
		assertThat(routes).hasSizeGreaterThan(2).allSatisfy((route, needs) -> {
			var scopes = Pattern.compile("'SCOPE_([^']*)'").matcher(needs).results().map((found) -> found.group(1));
			assertThat(ApiScope.values()).extracting(ApiScope::word).containsAll(scopes.toList());
		});
	}

}
