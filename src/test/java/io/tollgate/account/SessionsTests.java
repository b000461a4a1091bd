package io.tollgate.account;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieSerializer.CookieValue;

import static org.assertj.core.api.Assertions.assertThat;

/** How sessions end by themselves, and what they are kept in. */
@TollgateTest
class SessionsTests {

	@Autowired
	TestAccounts people;

	@Autowired
	SessionRepository<? extends Session> repository;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	Http http;

	@BeforeEach
	void signIn() {
		this.http = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
	}

	@Test
	void endsAfterAQuarterOfAnHourWithoutUse() {
		remember((use) -> use.usedAt(Instant.now().minus(Duration.ofMinutes(14))));
		assertThat(this.http.get("/announcements").statusCode()).isEqualTo(200);
		assertThat(use().last()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));

		remember((use) -> use.usedAt(Instant.now().minus(Duration.ofMinutes(15))));
		assertEnded();
	}

	@Test
	void whatAPageAsksForByItselfIsNoUse() {
		var fourteenMinutesAgo = Instant.now().minus(Duration.ofMinutes(14));
		remember((use) -> use.usedAt(fourteenMinutesAgo));
		assertThat(this.http.get("/announcements", "Tollgate-By-Itself", "true").statusCode()).isEqualTo(200);
		assertThat(use().last()).isEqualTo(fourteenMinutesAgo);

		remember((use) -> use.usedAt(Instant.now().minus(Duration.ofMinutes(15))));
		assertThat(this.http.get("/announcements", "Tollgate-By-Itself", "true").statusCode()).isEqualTo(302);
	}

	@Test
	void endsAfterEightHoursHoweverMuchItIsUsed() {
		remember((use) -> since(use, Duration.ofHours(8).minusMinutes(1)));
		assertThat(this.http.get("/announcements").statusCode()).isEqualTo(200);
		remember((use) -> since(use, Duration.ofHours(8)));
		assertEnded();
	}

	@Test
	void endsWhenTheAccountIsNotWhatItWas() {
		this.jdbc.sql("update account set revision = revision + 1 where username = ?")
			.param(this.people.username(Role.VIEWER))
			.update();
		assertEnded();
	}

	@Test
	void saysWhoCameFromWhere() {
		assertThat(use()).isEqualTo(new SessionUse(this.people.username(Role.VIEWER), use().since(), use().last(),
				"127.0.0.1", use().browser()));
		assertThat(use().browser()).startsWith("Java-http-client");
		assertThat(this.jdbc.sql("select count(*) from account where username = ? and last_seen_at is not null")
			.param(this.people.username(Role.VIEWER))
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	/** A row of the database makes no object of a class that has no business there. */
	@Test
	void readsOnlyWhatBelongsIntoASession() throws IOException {
		var forged = new ByteArrayOutputStream();
		try (var output = new ObjectOutputStream(forged)) {
			output.writeObject(new File("/etc/passwd"));
		}
		this.jdbc.sql("""
				update spring_session_attributes set attribute_bytes = ?
				where attribute_name = 'SPRING_SECURITY_CONTEXT' and session_primary_id =
				  (select primary_id from spring_session where session_id = ?)""")
			.params(forged.toByteArray(), id())
			.update();
		assertThat(this.http.get("/announcements").statusCode()).isEqualTo(302);
	}

	@Test
	void keepsNoPasswordInASession() {
		var stored = this.jdbc.sql("""
				select attribute_bytes from spring_session_attributes where session_primary_id =
				  (select primary_id from spring_session where session_id = ?)""")
			.param(id())
			.query(byte[].class)
			.list();
		assertThat(stored).hasSizeGreaterThan(1)
			.allSatisfy((bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("$argon2")
				.doesNotContain(TestAccounts.PASSWORD));
	}

	/** Whoever reads the database cannot go on with a session from it. */
	@Test
	void keepsNothingOfTheCookie() throws Exception {
		assertThat(this.http.session()).matches("[0-9a-f]{32}");
		assertThat(this.jdbc.sql("select session_id from spring_session").query(String.class).list()).contains(id())
			.doesNotContain(this.http.session());
		for (var value : List.of(this.http.session(), id())) {
			var answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/announcements"))
					.header("Cookie", "TOLLGATE=" + value)
					.build(), BodyHandlers.discarding());
			assertThat(answer.statusCode()).isEqualTo(value.equals(id()) ? 302 : 200);
		}
	}

	@Test
	void theCookieIsForThisHostAndHttpsOnly() {
		assertThat(written(new SessionCookie(false), true)).startsWith("__Host-TOLLGATE=")
			.contains("; Path=/;")
			.contains("; Secure")
			.contains("; HttpOnly")
			.contains("; SameSite=Lax")
			.doesNotContain("Domain");
		assertThat(written(new SessionCookie(false), false)).startsWith("TOLLGATE=")
			.contains("; HttpOnly")
			.contains("; SameSite=Lax")
			.doesNotContain("Secure");
		assertThat(written(new SessionCookie(true), false)).startsWith("__Host-TOLLGATE=").contains("; Secure");
		assertThat(this.http.get("/sign-in").headers().firstValue("Set-Cookie")).isEmpty();
	}

	private static String written(SessionCookie cookie, boolean https) {
		var request = new MockHttpServletRequest();
		request.setSecure(https);
		var response = new MockHttpServletResponse();
		cookie.writeCookieValue(new CookieValue(request, response, "id"));
		return String.valueOf(response.getHeader("Set-Cookie"));
	}

	private void assertEnded() {
		var answer = this.http.get("/announcements");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in?ended");
		assertThat(this.http.get("/sign-in?ended").body()).contains("Your session has ended");
		assertThat(this.http.get("/announcements").headers().firstValue("Location").orElse("")).endsWith("/sign-in");
	}

	private static SessionUse since(SessionUse use, Duration ago) {
		return new SessionUse(use.username(), Instant.now().minus(ago), use.last(), use.address(), use.browser());
	}

	private String id() {
		return OneTimeToken.hash(this.http.session());
	}

	private SessionUse use() {
		return this.repository.findById(id()).getRequiredAttribute(SessionUse.ATTRIBUTE);
	}

	private void remember(UnaryOperator<SessionUse> change) {
		remember(this.repository, id(), change.apply(use()));
	}

	private static <S extends Session> void remember(SessionRepository<S> repository, String id, SessionUse use) {
		var session = repository.findById(id);
		session.setAttribute(SessionUse.ATTRIBUTE, use);
		repository.save(session);
	}

}
