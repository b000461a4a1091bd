package io.tollgate.account;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.tollgate.account.ApiTokens.Made;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/** What an API token opens, for how long, and what is left of it in the portal. */
@TollgateTest
@ExtendWith(OutputCaptureExtension.class)
class ApiTokenTests {

	private static final String PERSON = "token.maker";

	private static final String PBXS = "/api/v1/pbxs";

	@Autowired
	WebApplicationContext application;

	@Autowired
	Accounts accounts;

	@Autowired
	ApiTokens tokens;

	@Autowired
	RefusedTokens refused;

	@Autowired
	ApiProblems problems;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private MockMvc portal;

	@BeforeEach
	void person() {
		this.accounts.create(PERSON, "Token Maker", TestAccounts.PASSWORD, Role.OPERATOR);
		this.portal = MockMvcBuilders.webAppContextSetup(this.application).apply(springSecurity()).build();
	}

	@AfterEach
	void nobody() {
		SecurityContextHolder.clearContext();
		this.refused.write();
		this.jdbc.sql("delete from account where username = ?").param(PERSON).update();
	}

	private <T> T as(String username, Supplier<T> work) {
		var account = this.accounts.loadUserByUsername(username);
		SecurityContextHolder.getContext()
			.setAuthentication(
					UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities()));
		try {
			return work.get();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private Made make(Set<String> groups, int days, ApiScope... scopes) {
		return as(PERSON, () -> this.tokens.make(new NewApiToken("Grafana", Set.of(scopes), groups, days)));
	}

	private Made make() {
		return make(Set.of(), 90, ApiScope.PBX_READ);
	}

	private MockHttpServletResponse ask(String path, String token) {
		return ask(path, token, "203.0.113.1");
	}

	private MockHttpServletResponse ask(String path, String token, String address) {
		try {
			return this.portal.perform(get(path).header("Authorization", "Bearer " + token).with((request) -> {
				request.setRemoteAddr(address);
				return request;
			})).andReturn().getResponse();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int status(Made made) {
		return ask(PBXS, made.secret().token()).getStatus();
	}

	private void set(Made made, String assignment, Object value) {
		this.jdbc.sql("update api_token set " + assignment + " where id = ?").params(value, made.token().id()).update();
	}

	private static OffsetDateTime ago(Duration duration) {
		return Instant.now().minus(duration).atOffset(ZoneOffset.UTC);
	}

	@Test
	void opensWhatItIsFor() throws Exception {
		var answer = ask(PBXS, make().secret().token());
		assertThat(answer.getStatus()).isEqualTo(200);
		assertThat(answer.getContentAsString()).startsWith("{\"items\":[");
		assertThat(answer.getHeader("RateLimit-Policy")).isEqualTo("\"token\";q=600;w=60");
		assertThat(answer.getHeader("RateLimit")).matches("\"token\";r=599;t=\\d+");
	}

	/** Whoever sends one cannot tell what is wrong with it. */
	@Test
	void whateverIsWrongLooksTheSame() throws Exception {
		var wrong = make();
		var expired = make();
		set(expired, "expires_at = ?", ago(Duration.ofSeconds(1)));
		var revoked = make();
		as(PERSON, () -> this.tokens.revoke(revoked.token().id()));
		var good = make().secret();
		var sent = List.of(new ApiSecret(wrong.secret().id(), ApiSecret.make().bits()).token(),
				ApiSecret.make().token(), expired.secret().token(), revoked.secret().token(), "nonsense",
				good.token() + "x", good.token().substring(0, 58), good.bits(), good.hash());
		for (var token : sent) {
			var answer = ask(PBXS, token);
			assertThat(answer.getStatus()).as(token).isEqualTo(401);
			assertThat(answer.getHeader("WWW-Authenticate")).as(token).isEqualTo("Bearer error=\"invalid_token\"");
			assertThat(answer.getContentType()).isEqualTo("application/problem+json;charset=UTF-8");
			assertThat(answer.getContentAsString()).isEqualTo(ask(PBXS, "other").getContentAsString())
				.contains("\"status\":401")
				.doesNotContain(token);
		}
	}

	@Test
	void doesNoMoreThanItsMakerMayNow() {
		var made = make();
		assertThat(status(made)).isEqualTo(200);
		this.jdbc.sql("update account set role = 'VIEWER' where username = ?").param(PERSON).update();
		assertThat(this.tokens.use(made.secret().token(), "203.0.113.1").orElseThrow().maker().role())
			.isEqualTo(Role.VIEWER);
		this.jdbc.sql("update account set enabled = false where username = ?").param(PERSON).update();
		assertThat(status(made)).isEqualTo(401);
		this.jdbc.sql("update account set enabled = true where username = ?").param(PERSON).update();
		assertThat(status(made)).isEqualTo(200);
	}

	/** Nothing left must never be taken for everything. */
	@Test
	void isLimitedToWhatItsMakerStillSees() {
		var made = make(Set.of("North", "South"), 1, ApiScope.PBX_READ);
		assertThat(groups(made)).containsExactlyInAnyOrder("North", "South");
		limit("South");
		assertThat(groups(made)).containsExactly("South");
		assertThat(groups(make())).containsExactly("South");
		this.jdbc.sql("delete from account_group where group_name = 'South'").update();
		limit("East");
		assertThat(status(made)).isEqualTo(401);
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> make(Set.of("North"), 1, ApiScope.PBX_READ));
	}

	private Set<String> groups(Made made) {
		return this.tokens.use(made.secret().token(), "203.0.113.1").orElseThrow().effectiveGroups();
	}

	private void limit(String group) {
		this.jdbc.sql("insert into account_group (account_id, group_name) select id, ? from account where username = ?")
			.params(group, PERSON)
			.update();
	}

	@Test
	void theAuditLogOfNoPbxIsEmpty() throws Exception {
		var made = make(Set.of("North"), 1, ApiScope.AUDIT_READ);
		assertThat(ask("/api/v1/audit", made.secret().token()).getContentAsString())
			.isEqualTo("{\"items\":[],\"next\":null}");
	}

	@Test
	void livesAYearAtMost() {
		assertThat(make().token().expiresAt()).isBetween(Instant.now().plus(Duration.ofDays(89)),
				Instant.now().plus(Duration.ofDays(90)));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> make(Set.of(), 366, ApiScope.PBX_READ));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> make(Set.of(), 90));
	}

	@Test
	void belongsIntoTheHeaderAlone() throws Exception {
		var token = make().secret().token();
		for (var query : List.of("?access_token=" + token, "?token=" + token, "?q=" + token)) {
			assertThat(this.portal.perform(get(PBXS + query)).andReturn().getResponse().getStatus()).as(query)
				.isEqualTo(400);
			var both = ask(PBXS + query, token);
			assertThat(both.getStatus()).as(query).isEqualTo(400);
			assertThat(both.getContentAsString()).contains("Authorization header").doesNotContain(token);
		}
		assertThat(this.portal.perform(get(PBXS)).andReturn().getResponse().getHeader("WWW-Authenticate"))
			.isEqualTo("Bearer");
	}

	/** What a browser sends by itself opens nothing, so no form elsewhere can use it. */
	@Test
	void cookiesCountForNothing() {
		var http = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		assertThat(http.get("/audit").statusCode()).isEqualTo(200);
		for (var answer : List.of(http.get(PBXS), http.get("/api/v1/audit"),
				http.postJson("/api/v1/dial-tests", "{\"extension\":\"1001\",\"number\":\"0054\"}"),
				http.get("/api/no-such-thing"))) {
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.headers().firstValue("Set-Cookie")).as("%s %s", answer.uri(), http.session()).isEmpty();
			assertThat(answer.headers().firstValue("Location")).isEmpty();
		}
		assertThat(new Http(this.port).get(PBXS).headers().firstValue("Set-Cookie")).isEmpty();
		var token = http.get(PBXS, "Authorization", "Bearer " + make().secret().token());
		assertThat(token.statusCode()).isEqualTo(200);
		assertThat(token.headers().firstValue("Set-Cookie")).isEmpty();
		// and the token opens no page
		assertThat(new Http(this.port).get("/audit", "Authorization", "Bearer " + make().secret().token()).statusCode())
			.isEqualTo(302);
	}

	@Test
	void everyAnswerCarriesTheHeaders() {
		var http = new Http(this.port);
		var authorization = "Bearer " + make().secret().token();
		var answers = Map.of(200, http.get(PBXS, "Authorization", authorization), 401, http.get(PBXS), 403,
				http.get("/api/v1/audit", "Authorization", authorization), 404,
				http.get("/api/v1/nothing", "Authorization", authorization), 400,
				http.get(PBXS + "?limit=0", "Authorization", authorization), 405,
				http.send("DELETE", PBXS, "", "Authorization", authorization));
		answers.forEach((status, answer) -> {
			assertThat(answer.statusCode()).isEqualTo(status);
			var headers = answer.headers();
			assertThat(headers.firstValue("Content-Security-Policy"))
				.hasValue(SecurityConfiguration.CONTENT_SECURITY_POLICY);
			assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
			assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
			assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
			assertThat(headers.firstValue("X-Request-Id")).isPresent();
			assertThat(headers.firstValue("RateLimit").isPresent()).isEqualTo(status != 401);
			assertThat(headers.firstValue("Content-Type").orElse("")).as("%s", status)
				.startsWith((status == 200) ? "application/json" : "application/problem+json");
			assertThat(answer.body()).contains((status == 200) ? "items" : "\"status\":" + status);
		});
		assertThat(answers.get(403).headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
	}

	@Test
	void anAddressWhoseTokensAreRefusedHasToWait() throws Exception {
		var good = make().secret().token();
		var flood = "203.0.113.77";
		for (int i = 0; i < ApiLimits.REFUSED; i++) {
			assertThat(ask(PBXS, "nonsense", flood).getStatus()).isEqualTo(401);
		}
		for (var token : List.of("nonsense", good)) {
			var answer = ask(PBXS, token, flood);
			assertThat(answer.getStatus()).isEqualTo(429);
			assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
			assertThat(answer.getContentAsString()).contains("http-problem-types#quota-exceeded");
		}
		assertThat(ask(PBXS, good, "203.0.113.78").getStatus()).isEqualTo(200);
	}

	@Test
	void aTokenHasItsShare() throws Exception {
		var quota = new ApiQuota(new ApiLimits(2), this.problems);
		var statuses = new ArrayList<Integer>();
		SecurityContextHolder.getContext()
			.setAuthentication(UsernamePasswordAuthenticationToken
				.authenticated(new ApiCaller(-1, "x (token y)", "x", Set.of()), null, Set.of()));
		MockHttpServletResponse answer = new MockHttpServletResponse();
		for (int i = 0; i < 3; i++) {
			answer = new MockHttpServletResponse();
			quota.doFilter(new MockHttpServletRequest(), answer, new MockFilterChain());
			statuses.add(answer.getStatus());
		}
		assertThat(statuses).containsExactly(200, 200, 429);
		assertThat(answer.getHeader("RateLimit")).startsWith("\"token\";r=0;t=");
		assertThat(answer.getHeader("Retry-After")).isNotNull();
		assertThat(answer.getContentAsString()).contains("\"violated-policies\":[\"token\"]");
	}

	@Test
	void remembersItsLastUseToTheMinute() {
		var made = make();
		assertThat(used(made)).isNull();
		status(made);
		assertThat(used(made)).isEqualTo("203.0.113.1");
		set(made, "last_used_at = ?", ago(ApiTokens.PRECISION.minusSeconds(20)));
		ask(PBXS, made.secret().token(), "203.0.113.2");
		assertThat(used(made)).isEqualTo("203.0.113.1");
		set(made, "last_used_at = ?", ago(ApiTokens.PRECISION.plusSeconds(1)));
		ask(PBXS, made.secret().token(), "203.0.113.2");
		assertThat(used(made)).isEqualTo("203.0.113.2");
	}

	private String used(Made made) {
		return this.jdbc.sql("select last_address from api_token where id = ?")
			.param(made.token().id())
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/** Neither a row of the database nor the trail nor the log gives a token away. */
	@Test
	void isNowhereButWhereItWasShown(CapturedOutput output) {
		var http = new Http(this.port).signIn(PERSON, TestAccounts.PASSWORD);
		var page = http.post("/tokens", Map.of("name", "Marker", "scopes", "pbx:read", "days", "90"));
		var found = Pattern.compile("tg_([0-9A-Za-z]{12})_([0-9A-Za-z_-]{43})").matcher(page.body());
		assertThat(found.find()).isTrue();
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		var bits = found.group(2);
		assertThat(new Http(this.port).get(PBXS, "Authorization", "Bearer " + found.group()).statusCode())
			.isEqualTo(200);
		new Http(this.port).get(PBXS + "?x=" + found.group());
		new Http(this.port).get(PBXS, "Authorization", "Bearer " + found.group() + "x");
		this.refused.write();
		assertThat(http.get("/tokens").body()).contains("Marker").doesNotContain(bits);
		assertThat(this.jdbc.sql("select * from api_token").query().listOfRows().toString()).doesNotContain(bits);
		assertThat(this.jdbc.sql("select * from audit_event").query().listOfRows().toString()).doesNotContain(bits)
			.contains("Marker");
		assertThat(output.getAll()).doesNotContain(bits);
		assertThat(new ApiSecret(found.group(1), bits).toString()).doesNotContain(bits);
		assertThat(this.jdbc.sql("select secret_hash from api_token where public_id = ?")
			.param(found.group(1))
			.query(String.class)
			.single()).matches("[0-9a-f]{64}");
	}

	@Test
	void theTrailTellsTokensFromPeople() throws Exception {
		var made = make(Set.of(), 90, ApiScope.AUDIT_READ);
		ask(PBXS, made.secret().token());
		ask(PBXS, new ApiSecret(made.secret().id(), ApiSecret.make().bits()).token());
		ask(PBXS, new ApiSecret(made.secret().id(), ApiSecret.make().bits()).token());
		as(PERSON, () -> this.tokens.revoke(made.token().id()));
		ask(PBXS, made.secret().token());
		this.refused.write();
		var id = String.valueOf(made.token().id());
		assertThat(this.jdbc.sql("""
				select action || ' ' || actor || ' ' || coalesce(after_text, '') from audit_event
				where object_type = 'token' and object_id = ? order by id""").param(id).query(String.class).list())
			.satisfiesExactly((row) -> assertThat(row).startsWith("token.made token.maker audit:read; all PBXs"),
					(row) -> assertThat(row).isEqualTo("token.revoked token.maker "),
					(row) -> assertThat(row).isEqualTo("token.refused not signed in unknown or wrong; times: 2"),
					(row) -> assertThat(row).isEqualTo("token.refused not signed in has ended; times: 1"));
		assertThat(made.token().actor()).isEqualTo("token.maker (token Grafana)");
	}

	@Test
	void everybodySeesTheirOwnAndAdministratorsAll() {
		var made = make();
		var id = made.token().id();
		assertThat(as(this.people.username(Role.OPERATOR), this.tokens::mine)).noneMatch((token) -> token.id() == id);
		assertThat(as(this.people.username(Role.OPERATOR), () -> this.tokens.revoke(id))).isEmpty();
		assertThat(as(this.people.username(Role.ADMINISTRATOR), this.tokens::mine))
			.anyMatch((token) -> token.id() == id);
		assertThat(as(this.people.username(Role.ADMINISTRATOR), () -> this.tokens.revoke(id))).isPresent();
		assertThat(as(PERSON, () -> this.tokens.revoke(id))).isEmpty();
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(viewer.get("/tokens").statusCode()).isEqualTo(403);
		assertThat(viewer.post("/tokens", Map.of("name", "x", "scopes", "pbx:read", "days", "1")).statusCode())
			.isEqualTo(403);
	}

	@Test
	void theFormSaysWhatIsWrong() {
		var http = new Http(this.port).signIn(PERSON, TestAccounts.PASSWORD);
		var good = Map.of("name", "X", "scopes", "pbx:read", "days", "1");
		for (var change : List.of(Map.entry("name", " "), Map.entry("name", "x".repeat(41)), Map.entry("scopes", ""),
				Map.entry("scopes", "everything"), Map.entry("days", "0"), Map.entry("days", "366"),
				Map.entry("days", "-1"), Map.entry("limited", "true"))) {
			var form = new HashMap<>(good);
			form.put(change.getKey(), change.getValue());
			assertThat(http.post("/tokens", form).statusCode()).as("%s", change).isEqualTo(422);
		}
		assertThat(http.post("/tokens", good).statusCode()).isEqualTo(200);
	}

}
