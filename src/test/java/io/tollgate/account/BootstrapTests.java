package io.tollgate.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The token that makes the first administrator, and nothing else, and only once. */
@TollgateTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
		properties = { "test.database=bootstrap", "tollgate.bootstrap-token=" + BootstrapTests.BOOTSTRAP_TOKEN })
class BootstrapTests {

	static final String BOOTSTRAP_TOKEN = "9f3b7c1e8a604d25b7e0c9d1f2a3485694f1";

	private static final String TOKEN = """
			"token": {"name": "Terraform", "scopes": ["pbx:read", "policy:write"], "days": 7}""";

	@Autowired
	BootstrapToken bootstrap;

	@Autowired
	Accounts accounts;

	@Autowired
	PasswordRules rules;

	@Autowired
	SetUp setUp;

	@Autowired
	SignInThrottle throttle;

	@Autowired
	RefusedTokens refused;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@BeforeEach
	void nobodyYet() {
		this.jdbc.sql("delete from account").update();
		this.throttle.clear();
	}

	@AfterEach
	void forget() {
		this.throttle.clear();
		this.refused.write();
	}

	private static String with(String username, String password) {
		return "{\"administrator\": {\"username\": \"%s\", \"displayName\": \"Ana\", \"password\": \"%s\"}, %s}"
			.formatted(username, password, TOKEN);
	}

	private java.net.http.HttpResponse<String> ask(String token, String body) {
		return new Http(this.port).exchange("POST", BootstrapApi.PATH, body, "application/json", "Authorization",
				"Bearer " + token);
	}

	private int get(String path, String token) {
		return new Http(this.port).get(path, "Authorization", "Bearer " + token).statusCode();
	}

	private static JsonNode json(String body) {
		return JsonMapper.builder().build().readTree(body);
	}

	private List<String> accounts() {
		return this.jdbc.sql("select username || ' ' || role || ' ' || display_name from account")
			.query(String.class)
			.list();
	}

	private List<String> trail(String action) {
		return this.jdbc.sql("select actor || ' ' || coalesce(object_name, '') from audit_event where action = ?")
			.param(action)
			.query(String.class)
			.list();
	}

	@Test
	void makesTheFirstAdministratorAndATokenOnce(CapturedOutput output) {
		assertThat(get("/api/v1/pbxs", BOOTSTRAP_TOKEN)).as("for one endpoint only").isEqualTo(401);
		assertThat(get(BootstrapApi.PATH, BOOTSTRAP_TOKEN)).isEqualTo(401);

		var made = ask(BOOTSTRAP_TOKEN, with("Ana", TestAccounts.PASSWORD));
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		assertThat(made.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(accounts()).containsExactly("ana ADMINISTRATOR Ana");
		var token = json(made.body()).at("/token/token").stringValue();
		assertThat(json(made.body()).at("/administrator/link").isNull()).isTrue();
		assertThat(get("/api/v1/pbxs", token)).isEqualTo(200);
		assertThat(get("/api/v1/audit", token)).as("no more than asked for").isEqualTo(403);
		new Http(this.port).signIn("ana", TestAccounts.PASSWORD);
		assertThat(trail("account.created")).contains("bootstrap token ana");
		assertThat(trail("token.made")).contains("bootstrap token Terraform");

		assertThat(ask(BOOTSTRAP_TOKEN, with("eva", TestAccounts.PASSWORD)).statusCode()).isEqualTo(401);
		assertThat(ask(token, with("eva", TestAccounts.PASSWORD)).statusCode()).as("another token").isEqualTo(403);
		assertThat(restarted(BOOTSTRAP_TOKEN).opens(BOOTSTRAP_TOKEN)).as("after a restart").isFalse();
		assertThat(accounts()).hasSize(1);
		assertThat(output.getAll()).doesNotContain(BOOTSTRAP_TOKEN).doesNotContain(token);
	}

	private BootstrapToken restarted(String text) {
		var again = new BootstrapToken(this.accounts, this.rules, text, "");
		again.load();
		return again;
	}

	@Test
	void sendsAnAdministratorALinkWhoGetsAnotherOneAtARestart(CapturedOutput output) {
		var made = ask(BOOTSTRAP_TOKEN,
				"{\"administrator\": {\"username\": \"ana\", \"displayName\": \"Ana Lima\"}, " + TOKEN + "}");
		assertThat(this.jdbc.sql("select display_name from account where username = 'ana'").query(String.class).list())
			.containsExactly("Ana Lima");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		var link = json(made.body()).at("/administrator/link").stringValue();
		assertThat(new Http(this.port).get(link.replaceFirst("^https?://[^/]+", "")).body()).contains("ana");
		assertThat(get("/api/v1/pbxs", json(made.body()).at("/token/token").stringValue())).isEqualTo(200);

		this.setUp.inviteAgain();
		assertThat(output.getAll()).as("the link still works").doesNotContain("/welcome?token=");
		this.jdbc.sql("update account_link set expires_at = timestamp with time zone '2020-01-01 00:00:00+00'")
			.update();
		this.setUp.inviteAgain();
		assertThat(output.getAll()).contains("/welcome?token=");
		this.jdbc.sql("update account set invited = false").update();
		this.jdbc.sql("delete from account_link").update();
		this.setUp.inviteAgain();
		assertThat(this.jdbc.sql("select count(*) from account_link").query(Long.class).single()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"administrator\": {\"username\": \"ana\"}}",
			"{\"administrator\": {\"username\": \"ana\", \"password\": \"short\"}, \"token\": {\"name\": \"a\", \"scopes\": [\"pbx:read\"]}}",
			"{\"administrator\": {\"username\": \"tollgate\"}, \"token\": {\"name\": \"a\", \"scopes\": [\"pbx:read\"]}}",
			"{\"administrator\": {\"username\": \"ana\"}, \"token\": {\"name\": \"a\", \"scopes\": [\"root\"]}}",
			"{\"administrator\": {\"username\": \"ana\"}, \"token\": {\"name\": \"a\", \"scopes\": [\"pbx:read\"], \"days\": 366}}" })
	void whatIsRefusedUsesNothingUp(String body) {
		assertThat(ask(BOOTSTRAP_TOKEN, body).statusCode()).isIn(400, 422);
		assertThat(accounts()).isEmpty();
		assertThat(ask(BOOTSTRAP_TOKEN, with("ana", TestAccounts.PASSWORD)).statusCode()).isEqualTo(201);
	}

	@Test
	void wrongOnesAreWrittenDownAndHaveToWait() {
		for (int i = 0; i < 5; i++) {
			assertThat(ask(BOOTSTRAP_TOKEN + i, with("ana", TestAccounts.PASSWORD)).statusCode()).isEqualTo(401);
		}
		var answer = ask(BOOTSTRAP_TOKEN, with("ana", TestAccounts.PASSWORD));
		assertThat(answer.statusCode()).as("as slow as sign-ins").isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(accounts()).isEmpty();
		this.refused.write();
		assertThat(trail("token.refused")).contains("not signed in ");
	}

	@Test
	void ofManyAtOnceOneIsFirst() throws Exception {
		int scripts = 8;
		var start = new CyclicBarrier(scripts);
		try (var threads = Executors.newFixedThreadPool(scripts)) {
			var asked = threads.invokeAll(IntStream.range(0, scripts).mapToObj((i) -> (Callable<Integer>) () -> {
				var http = new Http(this.port, "127.0.0." + (20 + i));
				start.await();
				return http
					.exchange("POST", BootstrapApi.PATH, with("ana" + i, TestAccounts.PASSWORD), "application/json",
							"Authorization", "Bearer " + BOOTSTRAP_TOKEN)
					.statusCode();
			}).toList());
			var answers = asked.stream().map((answer) -> answer.resultNow()).toList();
			assertThat(answers).containsOnlyOnce(201).containsOnly(201, 401);
		}
		assertThat(accounts()).hasSize(1);
		assertThat(this.jdbc.sql("select count(*) from api_token").query(Long.class).single()).isEqualTo(1);
		assertThat(this.jdbc.sql("select count(*) from setup_link").query(Long.class).single()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "short", "changeme-changeme-changeme-changeme", "00000000000000000000000000000000",
			"9f3b7c1e8a604d25b7e0c9d1f2a34856 94f1", "abcdefghijklmnopqrstuvwxyz0123456789" })
	void aWeakOneEndsTheStart(String text) {
		assertThatIllegalStateException().isThrownBy(() -> restarted(text))
			.withMessageContaining("openssl rand")
			.withMessageNotContaining(text);
	}

	@Test
	void comesOutOfAFileToo(@TempDir Path folder) throws IOException {
		var file = Files.writeString(folder.resolve("token"), BOOTSTRAP_TOKEN + "\n");
		var token = new BootstrapToken(this.accounts, this.rules, "", file.toString());
		assertThat(token.opens(BOOTSTRAP_TOKEN)).as("before it is loaded").isFalse();
		assertThat(token.opens("")).isFalse();
		assertThat(token.load()).isTrue();
		assertThat(token.opens(BOOTSTRAP_TOKEN)).isTrue();
		assertThat(token.opens(BOOTSTRAP_TOKEN + "1")).isFalse();
		assertThat(new BootstrapToken(this.accounts, this.rules, "", "").load()).as("there is none").isFalse();
		assertThatIllegalStateException().isThrownBy(
				() -> new BootstrapToken(this.accounts, this.rules, "", Files.writeString(file, "").toString()).load());
		assertThatExceptionOfType(java.io.UncheckedIOException.class).isThrownBy(
				() -> new BootstrapToken(this.accounts, this.rules, "", folder.resolve("none").toString()).load());
	}

}
