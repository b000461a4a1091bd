package io.tollgate.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What monitoring is told, compared with the table in the documents, and who is told. */
@TollgateTest
class MetricsTests {

	private static final Path DOCUMENT = Path.of("docs", "operations.md");

	private static final Path ANSWERED = Path.of("target", "metrics.md");

	/** What a metric may be told apart by: few values, and none that people choose. */
	private static final Set<String> LABELS = Set.of("state", "outcome", "reason", "country", "le");

	private static final Pattern SAMPLE = Pattern.compile("(tollgate_[a-z_]+)(?:\\{(.*)})? \\S+");

	private static final Pattern METRIC = Pattern.compile("\\b(?:tollgate|hikaricp|process|jvm|http)_[a-z_]+");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");

	@Autowired
	Accounts accounts;

	@Autowired
	ApiTokens tokens;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@AfterEach
	void nothing() {
		made().remove();
	}

	private String token(Role role, Set<String> groups, ApiScope... scopes) {
		return made().make(this.people.username(role), groups,
				Stream.of(scopes).map(ApiScope::word).toArray(String[]::new));
	}

	private TestTokens made() {
		return new TestTokens(this.accounts, this.tokens, this.jdbc);
	}

	private String scrape() {
		var answer = new Http(this.port).get(MetricsAccess.PATH, "Authorization",
				"Bearer " + token(Role.OPERATOR, Set.of(), ApiScope.METRICS_READ));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
		return answer.body();
	}

	@Test
	void isWhatTheTableSays() throws IOException {
		var scraped = scrape();
		var table = new ArrayList<String>(List.of("| metric | type | told apart by | meaning |", "|---|---|---|---|"));
		var labels = labels(scraped);
		var types = words(scraped, "TYPE");
		words(scraped, "HELP").forEach((name, meaning) -> table
			.add("| `%s` | %s | %s| %s |".formatted(name, types.get(name), labels(labels, name), meaning)));
		Files.write(ANSWERED, table);
		assertThat(table).hasSizeGreaterThan(15);
		assertThat(Files.readString(DOCUMENT))
			.as("docs/operations.md, the table under Metrics; if the change is meant, copy %s", ANSWERED)
			.contains(String.join("\n", table));
	}

	/**
	 * A dashboard or an alert on a metric that is no more stays empty and says nothing.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "deploy/grafana/tollgate.json", "deploy/prometheus/alerts.yml" })
	void whatIsWatchedExists(String file) throws IOException {
		// JSON is YAML, too
		var asked = expressions(new Yaml().load(Files.readString(Path.of(file)))).toList();
		var scraped = scrape().lines().collect(Collectors.toSet());
		assertThat(asked).hasSizeGreaterThan(8);
		assertThat(asked.stream().flatMap((text) -> METRIC.matcher(text).results()).map(MatchResult::group).distinct())
			.hasSizeGreaterThan(7)
			.allSatisfy((metric) -> assertThat(scraped).as("%s in %s", metric, file)
				.anyMatch((line) -> line.startsWith(metric + "{") || line.startsWith(metric + " ")));
	}

	private static Stream<String> expressions(Object part) {
		return switch (part) {
			case Map<?, ?> map -> map.entrySet()
				.stream()
				.flatMap((entry) -> entry.getKey().equals("expr") ? Stream.of((String) entry.getValue())
						: expressions(entry.getValue()));
			case List<?> list -> list.stream().flatMap(MetricsTests::expressions);
			case null, default -> Stream.empty();
		};
	}

	private static Map<String, Set<String>> labels(String scraped) {
		var labels = new TreeMap<String, Set<String>>();
		scraped.lines().map(SAMPLE::matcher).filter((sample) -> sample.matches()).forEach((sample) -> {
			var found = labels.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			if (sample.group(2) != null) {
				LABEL.matcher(sample.group(2)).results().map((label) -> label.group(1)).forEach(found::add);
			}
		});
		assertThat(labels.values()).allSatisfy((found) -> assertThat(LABELS).containsAll(found));
		return labels;
	}

	/** Of a histogram the names of its lines have an end of their own. */
	private static String labels(Map<String, Set<String>> labels, String name) {
		var found = new TreeSet<>(labels.getOrDefault(name, labels.getOrDefault(name + "_count", Set.of())));
		found.remove("le");
		return found.isEmpty() ? "" : String.join(", ", found) + " ";
	}

	private static Map<String, String> words(String scraped, String what) {
		var words = new TreeMap<String, String>();
		scraped.lines().filter((line) -> line.startsWith("# " + what + " tollgate_")).forEach((line) -> {
			var parts = line.split(" ", 4);
			words.put(parts[2], parts[3]);
		});
		// the greatest since a while ago, which comes with every timer
		words.keySet().removeIf((name) -> name.endsWith("_seconds_max"));
		return words;
	}

	@Test
	void isForTokensThatMayReadThemAndSeeAllPbxs() {
		var http = new Http(this.port);
		made().remove();
		assertThat(http.get(MetricsAccess.PATH).statusCode()).isEqualTo(401);
		var session = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		assertThat(session.get(MetricsAccess.PATH).statusCode()).isEqualTo(401);
		assertThat(status(token(Role.ADMINISTRATOR, Set.of(), ApiScope.PBX_READ))).isEqualTo(403);
		var some = token(Role.ADMINISTRATOR, Set.of(), ApiScope.METRICS_READ);
		assertThat(status(some)).isEqualTo(200);
		this.jdbc.sql("""
				insert into api_token_group (token_id, group_name)
				select id, 'Plants' from api_token where name = ?""").param(TestTokens.NAME).update();
		assertThat(status(some)).as("of some PBXs").isEqualTo(403);
	}

	private int status(String token) {
		return new Http(this.port).get(MetricsAccess.PATH, "Authorization", "Bearer " + token).statusCode();
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.0.0.0/8, true", "11.1.2.3, 10.0.0.0/8, false", "fd12::9, fd12::/32, true",
			"10.1.2.3, '', false" })
	void isForNetworksThatAreNamed(String address, String network, boolean granted) {
		var request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		var access = new MetricsAccess(network.isEmpty() ? List.of() : List.of("192.0.2.1", " " + network));
		assertThat(access.authorize(() -> null, new RequestAuthorizationContext(request)).isGranted())
			.isEqualTo(granted);
	}

}
