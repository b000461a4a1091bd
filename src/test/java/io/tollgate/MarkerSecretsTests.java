package io.tollgate;

import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.support.Http;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets that nobody could mistake for anything else go through the portal, and nothing
 * that it says, logs or keeps in the trail has one of them. Everything of ours is logged
 * meanwhile.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
		properties = { "tollgate.key-file=target/marker-secrets/secret.key", "logging.level.io.tollgate=debug" })
class MarkerSecretsTests {

	private static final String SECRET = "marker-7Q-pbx-secret";

	private static final String WRONG_SECRET = "marker-7Q-wrong-secret";

	private static final String PASSWORD = "marker-7Q-password-of-ana";

	private static final String WRONG_PASSWORD = "marker-7Q-wrong-password";

	private static final String PIN = "739104682";

	private static final Pattern LINK = Pattern.compile("/set-up\\?token=([0-9a-f]+)");

	private static final Pattern TARGET = Pattern.compile("name=\"target\"[^>]*? value=\"([^\"]+)\"");

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private final List<String> said = new ArrayList<>();

	private Http http;

	/** The same lines as programs read them. */
	private final ByteArrayOutputStream structured = new ByteArrayOutputStream();

	private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

	@BeforeEach
	void logForPrograms() {
		var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		var encoder = new StructuredLogEncoder();
		encoder.setContext(root.getLoggerContext());
		encoder.setFormat("ecs");
		encoder.setCharset(StandardCharsets.UTF_8);
		encoder.start();
		this.appender.setContext(root.getLoggerContext());
		this.appender.setEncoder(encoder);
		this.appender.setOutputStream(this.structured);
		this.appender.start();
		root.addAppender(this.appender);
	}

	@AfterEach
	void logForPeople() {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this.appender);
		this.appender.stop();
	}

	private String structured() {
		return this.structured.toString(StandardCharsets.UTF_8);
	}

	private HttpResponse<String> hear(HttpResponse<String> answer) {
		var headers = new LinkedHashMap<>(answer.headers().map());
		headers.keySet().removeIf("set-cookie"::equalsIgnoreCase);
		this.said.add(answer.uri().getPath() + " " + headers + "\n" + answer.body());
		return answer;
	}

	private void post(String path, Map<String, String> form) {
		hear(this.http.post(path, form));
	}

	@Test
	void nobodyIsToldASecret(CapturedOutput output) throws Exception {
		var link = LINK.matcher(output.getAll());
		assertThat(link.find()).as("the link that the log has to show").isTrue();
		var token = link.group(1);
		this.http = new Http(this.port);
		setsUp(token);
		var session = this.http.session();
		connects();
		givesPins();
		fails();
		looks();

		var key = Files.readString(Path.of("target/marker-secrets/secret.key")).strip().split(":")[1];
		var secrets = new ArrayList<>(List.of(SECRET, WRONG_SECRET, PASSWORD, WRONG_PASSWORD, PIN, key, token));
		assertThat(session).as("session id").hasSizeGreaterThan(20);
		secrets.add(session);
		for (var secret : secrets) {
			assertThat(this.said).as("responses").noneMatch((text) -> text.contains(secret));
			assertThat(log(output, token)).as("log").doesNotContain(secret);
			assertThat(structured()).as("log for programs").doesNotContain(secret);
			assertThat(rows()).as("database").noneMatch((text) -> text.contains(secret));
			assertThat(process()).as("arguments and threads").noneMatch((text) -> text.contains(secret));
		}
		assertThat(this.said).as("what was asked").hasSizeGreaterThan(20);
		assertThat(structured().lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).startsWith("{\"@timestamp\"").endsWith("}"));
	}

	private void setsUp(String token) {
		// the page's form has the token that was in its address
		this.http.get("/set-up?token=" + token);
		this.http.post("/set-up", Map.of("token", token, "username", "ana", "displayName", "Ana", "password",
				WRONG_PASSWORD, "confirmation", PASSWORD));
		this.http.get("/set-up?token=" + token);
		post("/set-up", Map.of("token", token, "username", "ana", "displayName", "Ana", "password", PASSWORD,
				"confirmation", PASSWORD));
		hear(this.http.get("/set-up?token=0"));
		hear(this.http.get("/sign-in"));
		post("/sign-in", Map.of("username", "ana", "password", WRONG_PASSWORD));
		post("/sign-in", Map.of("username", "nobody", "password", WRONG_PASSWORD));
		this.http.get("/sign-in");
		this.http.signIn("ana", PASSWORD);
	}

	private void connects() {
		var spec = SimulatedPbxSpec.named("Monterrey", "tollgate", SECRET).withTrunks(List.of("carrier"));
		try (var pbx = SimulatedPbx.start(spec)) {
			this.http.get("/pbxs/new");
			post("/pbxs/test", connection(pbx.port(), SECRET));
			post("/pbxs/test", connection(pbx.port(), WRONG_SECRET));
			post("/pbxs", connection(pbx.port(), WRONG_SECRET));
			post("/pbxs", connection(pbx.port(), SECRET));
			assertThat(this.jdbc.queryForObject("select count(*) from pbx", Long.class)).isEqualTo(1);
			var page = "/pbxs/" + this.jdbc.queryForObject("select id from pbx", Long.class);
			hear(this.http.get(page));
			post(page + "/test", Map.of());
			post(page + "/connection/test", connection(1, ""));
			assertThat(this.said.getLast()).as("another port, no secret").contains("Enter the secret");
			post(page + "/connection", connection(pbx.port(), WRONG_SECRET));
			post("/pbxs/test", connection(this.port, SECRET));
			assertThat(this.said.getLast()).contains("is the portal itself");
			applies();
		}
		post("/pbxs/test", connection(1, SECRET));
	}

	private void applies() {
		var target = TARGET.matcher(this.http.get("/review").body());
		assertThat(target.find()).isTrue();
		post("/applies", Map.of("target", target.group(1), "reason", "First"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(structured().lines()).as(this.said.getLast())
				.anyMatch((line) -> line.contains("\"pbx\":\"Monterrey plant\"") && line.contains("\"run\":\"")));
	}

	private static Map<String, String> connection(int port, String secret) {
		return Map.of("name", "Monterrey plant", "host", "127.0.0.1", "port", String.valueOf(port), "user", "tollgate",
				"secret", secret, "policy", "1");
	}

	private void givesPins() {
		this.http.get("/pin-lists");
		post("/pin-lists", Map.of("name", "Export desk"));
		var path = "/pin-lists/" + this.jdbc.queryForObject("select list_key from pin_list", String.class);
		post(path + "/pins", Map.of("label", "Ana", "pin", PIN));
		post(path + "/pins", Map.of("label", "Ben", "pin", PIN));
		post(path + "/pins", Map.of("label", "", "pin", PIN));
		post(path + "/many", Map.of("text", "Eva;" + PIN + "\nMax;" + PIN + "x"));
		assertThat(this.jdbc.queryForObject("select count(*) from pin", Long.class)).isEqualTo(1);
		hear(this.http.get(path));
	}

	/** Answers that are about what was sent. */
	private void fails() {
		post("/pbxs/x" + SECRET.length() + "/connection", connection(1, SECRET));
		post("/no-such-page", Map.of("password", PASSWORD, "secret", SECRET, "pin", PIN));
		hear(this.http.send("POST", "/pbxs", "secret=" + SECRET));
		hear(this.http.send("PUT", "/sign-in", "password=" + PASSWORD));
		hear(this.http.get("/error"));
	}

	private void looks() {
		for (var path : List.of("/", "/audit", "/pbxs", "/pin-lists", "/extensions", "/trunks", "/review", "/applies",
				"/leaks", "/actuator/health")) {
			hear(this.http.get(path));
		}
		post("/audit/export", Map.of("format", "csv"));
		post("/audit/export", Map.of("format", "json"));
	}

	/** But for the one line that has to name the link, before anybody can sign in. */
	private static String log(CapturedOutput output, String token) {
		return output.getAll().replaceFirst(Pattern.quote("/set-up?token=" + token), "");
	}

	/** Of every table, as text; sessions are in the database to be found by their id. */
	private List<String> rows() {
		var rows = new ArrayList<String>();
		for (var table : this.jdbc.queryForList("""
				select table_name from information_schema.tables
				where table_schema = current_schema and table_name not like 'spring_session%'""", String.class)) {
			this.jdbc.queryForList("select * from " + table).forEach((row) -> rows.add(table + " " + row));
			this.jdbc.query("select * from " + table, (row) -> {
				for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
					var text = row.getString(i);
					if (text != null) {
						rows.add(text);
					}
				}
			});
		}
		return rows;
	}

	private static List<String> process() {
		var words = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
		words.addAll(List.of(ProcessHandle.current().info().arguments().orElse(new String[0])));
		words.add(ProcessHandle.current().info().commandLine().orElse(""));
		Thread.getAllStackTraces().keySet().forEach((thread) -> words.add(thread.getName()));
		return words;
	}

}
