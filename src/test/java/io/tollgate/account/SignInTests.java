package io.tollgate.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TollgateTest
class SignInTests {

	@Autowired
	TestAccounts people;

	@Autowired
	Accounts accounts;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Factors factors;

	@Autowired
	ProviderAccounts provided;

	@Autowired
	PasswordEncoder passwords;

	@Autowired
	SignInThrottle throttle;

	@Autowired
	FailedSignIns refusals;

	@Autowired
	ApplicationContext context;

	@LocalServerPort
	int port;

	@BeforeEach
	@AfterEach
	void forgetEarlierTries() {
		this.throttle.clear();
	}

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
		assertThat(http.get("/actuator/health").body()).contains("UP").doesNotContain("details");
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

	/** Whoever asks cannot tell from the answer which usernames exist. */
	@Test
	void unknownWrongAndDisabledLookAlike() {
		var answers = attempts().stream().map((attempt) -> {
			this.throttle.clear();
			var http = new Http(this.port);
			http.get("/sign-in");
			var answer = http.post("/sign-in", Map.of("username", attempt.getKey(), "password", attempt.getValue()));
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(http.get("/audit").statusCode()).isEqualTo(302);
			return answer.body().replace(attempt.getKey(), "USERNAME").replaceAll("_csrf\\S+ \\S+", "");
		}).distinct().toList();
		assertThat(answers).hasSize(1);
		assertThat(answers.getFirst()).contains("Username or password is wrong");
	}

	/**
	 * Nor from its time: on each path one password is hashed, and it is the same work.
	 */
	@Test
	void unknownWrongAndDisabledTakeTheSameWork() {
		var hashed = new AtomicInteger();
		var counting = new PasswordEncoder() {

			@Override
			public String encode(CharSequence password) {
				return SignInTests.this.passwords.encode(password);
			}

			@Override
			public boolean matches(CharSequence password, String hash) {
				assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
				hashed.incrementAndGet();
				return SignInTests.this.passwords.matches(password, hash);
			}

		};
		var manager = new SecurityConfiguration().authenticationManager(this.accounts, counting, this.factors,
				this.provided, this.context);
		for (var attempt : attempts()) {
			hashed.set(0);
			assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> manager.authenticate(
					UsernamePasswordAuthenticationToken.unauthenticated(attempt.getKey(), attempt.getValue())));
			assertThat(hashed).as(attempt.toString()).hasValue(1);
		}
	}

	private List<Map.Entry<String, String>> attempts() {
		if (this.jdbc.sql("select count(*) from account where username = 'disabled'").query(Long.class).single() == 0) {
			this.accounts.create("disabled", "Disabled Test", TestAccounts.PASSWORD, Role.VIEWER);
			this.jdbc.sql("update account set enabled = false where username = 'disabled'").update();
		}
		return List.of(Map.entry("nobody-here", TestAccounts.PASSWORD),
				Map.entry(this.people.username(Role.VIEWER), "not the password at all"),
				Map.entry("disabled", TestAccounts.PASSWORD), Map.entry("disabled", "not the password at all"));
	}

	/** The password is hashed as it is composed, whatever the keyboard made of it. */
	@Test
	void theSamePasswordFromAnotherKeyboardIsTheSame() {
		var hash = this.passwords.encode("caf\u00e9 con leche y churros");
		assertThat(this.passwords.matches("cafe\u0301 con leche y churros", hash)).isTrue();
		assertThat(this.passwords.matches("cafe con leche y churros", hash)).isFalse();
	}

	@Test
	void aFloodOfSignInsWaitsInLineAndTheRestIsSentAway() throws Exception {
		var started = new CountDownLatch(1);
		var release = new CountDownLatch(1);
		var slow = new PasswordEncoder() {

			@Override
			public String encode(CharSequence password) {
				started.countDown();
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return "hash";
			}

			@Override
			public boolean matches(CharSequence password, String hash) {
				return false;
			}

		};
		var bounded = new Passwords(slow, 1, Duration.ofMillis(1));
		try (var threads = Executors.newFixedThreadPool(1)) {
			var first = threads.submit(() -> bounded.encode("first"));
			started.await();
			assertThatExceptionOfType(TooBusyException.class).isThrownBy(() -> bounded.matches("second", "hash"));
			release.countDown();
			assertThat(first.get()).isEqualTo("hash");
			assertThat(bounded.matches("third", "hash")).isFalse();
		}
	}

	@Test
	void writesRefusedSignInsOnceForMany() {
		this.refusals.write();
		var username = this.people.username(Role.VIEWER);
		long before = this.jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
		for (int i = 0; i < 3; i++) {
			var http = new Http(this.port);
			http.get("/sign-in");
			http.post("/sign-in", Map.of("username", username, "password", "wrong"));
			http.post("/sign-in", Map.of("username", "my secret password " + i, "password", "wrong"));
		}
		assertThat(rows(before)).isEmpty();
		this.refusals.write();
		assertThat(rows(before)).containsExactlyInAnyOrder("not signed in 127.0.0.1 " + username + " 3",
				"not signed in 127.0.0.1 - 3");
	}

	private List<String> rows(long after) {
		return this.jdbc.sql("""
				select actor || ' ' || address || ' ' || coalesce(object_name, '-') || ' ' || after_text
				from audit_event where action = 'account.sign-in-refused' and id > ?""")
			.param(after)
			.query(String.class)
			.list();
	}

	/** Five at once from one address, then it waits; the person elsewhere does not. */
	@Test
	void wrongPasswordsAreThrottledAndTheRightOneWaitsToo() {
		var username = this.people.username(Role.VIEWER);
		var http = new Http(this.port);
		http.get("/sign-in");
		for (int i = 0; i < 5; i++) {
			assertThat(http.post("/sign-in", Map.of("username", username, "password", "wrong")).statusCode())
				.isEqualTo(200);
		}
		var answer = http.post("/sign-in",
				Map.of("username", username.toUpperCase(), "password", TestAccounts.PASSWORD));
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 61);
		assertThat(answer.body()).contains("Too many tries");
		// a header that anybody can write is no other address
		assertThat(http
			.post("/sign-in", Map.of("username", username, "password", TestAccounts.PASSWORD), "X-Forwarded-For",
					"198.51.100.7")
			.statusCode()).isEqualTo(429);
		assertThat(this.throttle.begin(username, "198.51.100.7")).isZero();
	}

	@Test
	void anAttackerWithManyAddressesKeepsNobodyOutWhereTheyAreKnown() {
		this.throttle.succeeded("ana", "192.0.2.1");
		int allowed = 0;
		for (int i = 0; i < 250; i++) {
			allowed += this.throttle.begin("ana", "10.0." + i + ".1").isZero() ? 1 : 0;
		}
		assertThat(allowed).isEqualTo(10);
		assertThat(this.throttle.begin("ana", "192.0.2.1")).isZero();
		assertThat(this.throttle.begin("ana", "192.0.2.2")).isPositive();
		assertThat(this.throttle.begin("bob", "192.0.2.2")).isZero();
	}

	@Test
	void oneAddressTriesFewAccountsAndANetworkIsOneAddress() {
		int allowed = 0;
		for (int i = 0; i < 100; i++) {
			allowed += this.throttle.begin("person" + i, "2001:db8::" + Integer.toHexString(i)).isZero() ? 1 : 0;
		}
		assertThat(allowed).isEqualTo(30);
	}

	@Test
	void keepsPasswordsAsArgon2idOnly() {
		this.people.username(Role.VIEWER);
		assertThat(this.jdbc.sql("select password_hash from account").query(String.class).list())
			.allSatisfy((hash) -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
	}

}
