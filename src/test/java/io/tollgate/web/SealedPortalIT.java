package io.tollgate.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.tollgate.account.Role;
import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import io.tollgate.keys.SealedException;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import jakarta.servlet.ServletContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of the portal while its key file is away, and how it comes back. */
@BrowserTest
@TestPropertySource(
		properties = { "tollgate.key-file=target/sealed-portal/secret.key", "tollgate.metrics.allow=127.0.0.1,::1" })
class SealedPortalIT {

	private static final Path KEY = Path.of("target/sealed-portal/secret.key");

	private static final Path SAFE = KEY.resolveSibling("safe.key");

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	ThreadPoolTaskScheduler scheduler;

	@Autowired
	SealFilter filter;

	@Autowired
	Keys keys;

	@Autowired
	ServletContext context;

	@LocalServerPort
	int port;

	/** A run that was killed may have left it. */
	@BeforeAll
	static void clear() throws IOException {
		Files.deleteIfExists(SAFE);
	}

	@AfterEach
	void putBack() throws IOException {
		if (Files.exists(SAFE)) {
			Files.move(SAFE, KEY, StandardCopyOption.REPLACE_EXISTING);
		}
		permit("rw-------");
	}

	private static void permit(String permissions) throws IOException {
		Files.setPosixFilePermissions(KEY, PosixFilePermissions.fromString(permissions));
	}

	private long events() {
		return this.jdbc.queryForObject("select count(*) from audit_event", Long.class);
	}

	@Test
	void saysSoAndOpensByItself(Browser browser) throws IOException {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/audit").sees("Audit log");
		Files.move(KEY, SAFE);
		browser.expectErrors();
		browser.open("/pbxs").sees("Tollgate is sealed").screenshots("sealed");
		assertThat(browser.text()).contains("Its key file is not there", "Put it back").doesNotContain("secret.key");
		browser.forget().open("/sign-in").sees("Tollgate is sealed");
		Files.move(SAFE, KEY);
		browser.press("Try again").sees("Username");
		this.people.signIn(browser, Role.OPERATOR);
	}

	@Test
	void nothingGetsPastIt() throws IOException {
		var http = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		var events = events();
		Files.move(KEY, SAFE);
		for (String path : new String[] { "/", "/pbxs", "/sign-in", "/set-up", "/error", "/no-such-page",
				"/assets/../pbxs", "/actuator/info", "/actuator/healthy" }) {
			var answer = http.get(path);
			assertThat(answer.statusCode()).as(path).isIn(503, 400);
			assertThat(answer.body()).as(path).doesNotContain("PBX fleet");
		}
		for (String path : new String[] { "/sign-in", "/sign-out", "/policies", "/pbxs" }) {
			assertThat(http.post(path, Map.of("username", "operator", "password", TestAccounts.PASSWORD)).statusCode())
				.as(path)
				.isEqualTo(503);
		}
		assertThat(events()).isEqualTo(events);
		var page = http.get("/pbxs");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
		assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
		assertThat(page.headers().firstValue("Retry-After")).isPresent();
		assertThat(page.headers().map()).doesNotContainKey("set-cookie");
		assertThat(http.get("/pbxs", "HX-Request", "true").body())
			.isEqualTo("Tollgate is sealed. Its key file is not there.");
		var api = http.get("/api/v1/pbxs", "Authorization", "Bearer none");
		assertThat(api.statusCode()).isEqualTo(503);
		assertThat(api.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
		assertThat(api.body()).contains("\"detail\":\"Tollgate is sealed. Its key file is not there.\"");
		assertThat(http.exchange("POST", "/api/v1/bootstrap", "{}", "application/json", "Authorization", "Bearer none")
			.statusCode()).as("nobody is made who is in no audit log").isEqualTo(503);
		assertThat(http.get("/assets/app.css").statusCode()).isEqualTo(200);
		Files.move(SAFE, KEY);
		assertThat(http.get("/pbxs").statusCode()).as("still signed in").isEqualTo(200);
	}

	@Test
	void answersAlsoWhenTheKeyGoesWhileAPageIsMade() throws Exception {
		var response = new MockHttpServletResponse();
		this.filter.doFilter(new MockHttpServletRequest(this.context, "GET", "/audit"), response, (request, _) -> {
			Files.move(KEY, SAFE);
			Awaitility.await().until(() -> this.keys.seal() != Seal.OPEN);
			try {
				this.keys.mac("test", 1);
			}
			catch (SealedException ex) {
				throw new IllegalStateException("as a template does", ex);
			}
		});
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getContentAsString()).contains("Its key file is not there");
	}

	@Test
	void aMonitorTellsItFromABrokenOne() throws IOException {
		var http = new Http(this.port);
		assertThat(http.get("/actuator/health").body()).contains("\"seal\":{\"status\":\"UP\"}");
		Files.move(KEY, SAFE);
		var health = http.get("/actuator/health");
		assertThat(health.statusCode()).isEqualTo(503);
		assertThat(health.body()).contains("\"status\":\"OUT_OF_SERVICE\"")
			.contains("\"seal\":{\"status\":\"OUT_OF_SERVICE\"}")
			.contains("\"db\":{\"status\":\"UP\"}");
	}

	@Test
	void isAliveButNotReady() throws IOException {
		var http = new Http(this.port);
		var ready = http.get("/actuator/health/readiness");
		assertThat(ready.statusCode()).isEqualTo(200);
		assertThat(ready.body()).contains("\"db\":{\"status\":\"UP\"}", "\"seal\":{\"status\":\"UP\"}")
			.doesNotContain("details");
		Files.move(KEY, SAFE);
		assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		var sealed = http.get("/actuator/health/readiness");
		assertThat(sealed.statusCode()).isEqualTo(503);
		assertThat(sealed.body()).contains("\"seal\":{\"status\":\"OUT_OF_SERVICE\"}").doesNotContain("details");
		Files.move(SAFE, KEY);
		assertThat(http.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
	}

	@Test
	void itsMetricsSayIt() throws IOException {
		var http = new Http(this.port);
		assertThat(http.get("/actuator/prometheus").body()).contains("\ntollgate_sealed 0.0");
		Files.move(KEY, SAFE);
		assertThat(http.get("/actuator/prometheus").body()).contains("\ntollgate_sealed 1.0", "tollgate_pbxs{");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r-----", "rw----r--" })
	void tellsWhatToDoAboutAFileThatOthersCanRead(String permissions) throws IOException {
		permit(permissions);
		var answer = new Http(this.port).get("/");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("chmod 600");
		permit("rw-------");
		assertThat(new Http(this.port).get("/sign-in").statusCode()).isEqualTo(200);
	}

	@Test
	void jobsWaitUntilItOpens() throws Exception {
		var runs = new AtomicInteger();
		Files.move(KEY, SAFE);
		this.scheduler.schedule(runs::incrementAndGet, Instant.now()).get(10, TimeUnit.SECONDS);
		assertThat(runs).hasValue(0);
		var again = this.scheduler.scheduleWithFixedDelay(runs::incrementAndGet, Duration.ofMillis(10));
		Files.move(SAFE, KEY);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() > 2);
		again.cancel(false);
	}

}
