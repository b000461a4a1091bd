package io.tollgate.account;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@TollgateTest
class SignInTests {

	@Autowired
	TestAccounts people;

	@Autowired
	Accounts accounts;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@Test
	void everyResponseCarriesTheHeaders() {
		this.people.username(Role.VIEWER);
		var http = new Http(this.port);
		for (var path : new String[] { "/sign-in", "/audit", "/no-such-page" }) {
			var headers = http.get(path).headers();
			assertThat(headers.firstValue("Content-Security-Policy")).hasValue(
					"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
							+ "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
			assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
			assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
			assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
			assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
		}
		var cookie = new Http(this.port).get("/sign-in").headers().firstValue("Set-Cookie").orElse("");
		assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
		var asset = http.get("/assets/app.css");
		assertThat(asset.statusCode()).isEqualTo(200);
		assertThat(http.get("/webjars/htmx.org/dist/htmx.min.js").statusCode()).isEqualTo(200);
		assertThat(http.get("/actuator/health").body()).contains("UP").doesNotContain("diskSpace");
	}

	@Test
	void changesTheSessionIdAndWritesTheTrail() {
		var username = this.people.username(Role.OPERATOR);
		var http = new Http(this.port);
		http.get("/sign-in");
		var before = http.session();
		http.post("/sign-in",
				Map.of("username", " " + username.toUpperCase() + " ", "password", TestAccounts.PASSWORD));
		assertThat(http.session()).isNotEqualTo(before);
		assertThat(http.get("/audit").body()).contains("Signed in");
		http.post("/sign-out", Map.of());
		assertThat(http.get("/audit").statusCode()).isEqualTo(302);
		assertThat(this.jdbc.sql("select action from audit_event where actor = ? order by id desc limit 1")
			.param(username)
			.query(String.class)
			.single()).isEqualTo("account.signed-out");
	}

	/** Whoever asks cannot tell from the answer or its time which usernames exist. */
	@Test
	void unknownWrongAndDisabledLookAlike() {
		var username = this.people.username(Role.VIEWER);
		this.accounts.create("disabled", "Disabled Test", TestAccounts.PASSWORD, Role.VIEWER);
		this.jdbc.sql("update account set enabled = false where username = 'disabled'").update();
		try {
			var unknown = refusal("nobody-here", TestAccounts.PASSWORD);
			var wrong = refusal(username, "not the password at all");
			var disabled = refusal("disabled", TestAccounts.PASSWORD);
			var disabledWrong = refusal("disabled", "not the password at all");
			for (var other : new Duration[] { wrong, disabled, disabledWrong }) {
				assertThat(other.toNanos()).isBetween(unknown.toNanos() / 3, unknown.toNanos() * 3);
			}
		}
		finally {
			this.jdbc.sql("delete from account where username = 'disabled'").update();
		}
	}

	/** The median time of a refused sign-in. */
	private Duration refusal(String username, String password) {
		var times = new long[7];
		for (int i = 0; i < times.length; i++) {
			var http = new Http(this.port);
			http.get("/sign-in");
			var start = System.nanoTime();
			var response = http.post("/sign-in", Map.of("username", username, "password", password));
			times[i] = System.nanoTime() - start;
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("Username or password is wrong");
			assertThat(http.get("/audit").statusCode()).isEqualTo(302);
		}
		Arrays.sort(times);
		return Duration.ofNanos(times[times.length / 2]);
	}

	@Test
	void keepsPasswordsAsArgon2idOnly() {
		this.people.username(Role.VIEWER);
		assertThat(this.jdbc.sql("select password_hash from account").query(String.class).list())
			.allSatisfy((hash) -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
	}

}
