package io.tollgate.account;

import java.util.Arrays;
import java.util.List;
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
			var attempts = List.of(Map.entry("nobody-here", TestAccounts.PASSWORD),
					Map.entry(username, "not the password at all"), Map.entry("disabled", TestAccounts.PASSWORD),
					Map.entry("disabled", "not the password at all"));
			// in turn, and the quickest of each: what else the machine does lengthens
			// some
			var quickest = new long[attempts.size()];
			Arrays.fill(quickest, Long.MAX_VALUE);
			for (int round = 0; round < 9; round++) {
				for (int i = 0; i < quickest.length; i++) {
					var attempt = attempts.get(i);
					quickest[i] = Math.min(quickest[i], refusal(attempt.getKey(), attempt.getValue()));
				}
			}
			for (long other : quickest) {
				assertThat(other).isBetween(quickest[0] / 3, quickest[0] * 3);
			}
		}
		finally {
			this.jdbc.sql("delete from account where username = 'disabled'").update();
		}
	}

	/** The nanoseconds of a refused sign-in. */
	private long refusal(String username, String password) {
		var http = new Http(this.port);
		http.get("/sign-in");
		var start = System.nanoTime();
		var response = http.post("/sign-in", Map.of("username", username, "password", password));
		long time = System.nanoTime() - start;
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("Username or password is wrong");
		assertThat(http.get("/audit").statusCode()).isEqualTo(302);
		return time;
	}

	@Test
	void keepsPasswordsAsArgon2idOnly() {
		this.people.username(Role.VIEWER);
		assertThat(this.jdbc.sql("select password_hash from account").query(String.class).list())
			.allSatisfy((hash) -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
	}

}
