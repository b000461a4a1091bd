package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tollgate.support.Http;
import io.tollgate.support.SoftPasskey;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/**
 * Who signed in more than ten minutes ago confirms what is sensitive, and loses nothing.
 */
@TollgateTest
class ConfirmTests {

	private static final String PERSON = "confirm.person";

	@Autowired
	WebApplicationContext application;

	@Autowired
	Accounts accounts;

	@Autowired
	Clock clock;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@LocalServerPort
	int port;

	private MockMvc portal;

	@BeforeEach
	void person() {
		this.accounts.create(PERSON, "Confirm Person", TestAccounts.PASSWORD, Role.ADMINISTRATOR);
		this.portal = MockMvcBuilders.webAppContextSetup(this.application).apply(springSecurity()).build();
	}

	@AfterEach
	void nobody() {
		this.jdbc.sql("delete from account where username = ?").param(PERSON).update();
	}

	/** Somebody who proved this so long ago. */
	private Authentication proved(String factor, Duration ago) {
		var account = this.accounts.loadUserByUsername(PERSON);
		var authorities = new ArrayList<GrantedAuthority>(account.getAuthorities());
		authorities
			.add(FactorGrantedAuthority.withAuthority(factor).issuedAt(Instant.now(this.clock).minus(ago)).build());
		return UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
	}

	private Authentication fresh() {
		return proved(FactorGrantedAuthority.PASSWORD_AUTHORITY, Duration.ofMinutes(9));
	}

	private Authentication stale() {
		return proved(FactorGrantedAuthority.PASSWORD_AUTHORITY, Factors.FRESH.plusSeconds(1));
	}

	private String target(MockHttpServletRequestBuilder request, Authentication session) throws Exception {
		var answer = this.portal.perform(request.with(authentication(session)).with(csrf())).andReturn().getResponse();
		return (answer.getRedirectedUrl() != null) ? answer.getRedirectedUrl() : "";
	}

	/** All routes that change something, as a request could ask for them. */
	private Stream<String> changes() {
		return this.mappings.getHandlerMethods()
			.keySet()
			.stream()
			.filter((info) -> info.getMethodsCondition().getMethods().contains(RequestMethod.POST))
			.flatMap((info) -> info.getPatternValues().stream())
			.map((pattern) -> pattern.replaceAll("\\{[^}]*}", "999999"));
	}

	private static Stream<Sensitive> matching(String path) {
		var request = new MockHttpServletRequest("POST", path);
		return Arrays.stream(Sensitive.values()).filter((sensitive) -> sensitive.route().matches(request));
	}

	@TestFactory
	Stream<DynamicTest> everySensitiveRouteAsksAgain() {
		return changes().filter((path) -> matching(path).findAny().isPresent()).map((path) -> dynamicTest(path, () -> {
			assertThat(target(post(path), stale())).endsWith(ConfirmController.PATH);
			assertThat(target(post(path), fresh())).doesNotEndWith(ConfirmController.PATH);
		}));
	}

	@Test
	void everySensitiveRouteExists() {
		var exist = changes().flatMap(ConfirmTests::matching).toList();
		assertThat(exist).contains(Sensitive.values());
	}

	/**
	 * A new route is either sensitive or somebody has said here that it is not. A token,
	 * which alone counts under /api, was confirmed when it was made.
	 */
	@Test
	void nothingThatAppliesOrHoldsASecretIsForgotten() {
		var forgotten = changes().filter((path) -> !path.startsWith("/api/"))
			.filter((path) -> path
				.matches(".*(appl|appro|restore|drift|lift|connection$|secret|token|password|/users|passkey).*"))
			.filter((path) -> matching(path).findAny().isEmpty())
			.filter((path) -> !Set
				.of("/account/password", "/applies/999999/stop", "/approvals/999999/decline", "/tokens/999999/revoke",
						"/security/number-restrictions/999999/import/apply")
				.contains(path));
		assertThat(forgotten).isEmpty();
	}

	@Test
	void stoppingFraudNeverWaits() throws Exception {
		assertThat(target(post("/stop"), stale())).doesNotEndWith(ConfirmController.PATH);
		assertThat(target(post("/applies/999999/stop"), stale())).doesNotEndWith(ConfirmController.PATH);
	}

	@Test
	void whoMayNotIsNotAsked() throws Exception {
		var viewer = this.accounts.create("confirm.viewer", "Viewer", TestAccounts.PASSWORD, Role.VIEWER);
		try {
			var session = UsernamePasswordAuthenticationToken.authenticated(
					this.accounts.loadUserByUsername(viewer.username()), null,
					this.accounts.loadUserByUsername(viewer.username()).getAuthorities());
			var answer = this.portal.perform(post("/applies").with(authentication(session)).with(csrf())).andReturn();
			assertThat(answer.getResponse().getStatus()).isEqualTo(403);
		}
		finally {
			this.jdbc.sql("delete from account where username = 'confirm.viewer'").update();
		}
	}

	@Test
	void aPasswordDoesNotConfirmForWhoHasAPasskey() throws Exception {
		new SoftPasskey(this.port).register(new Http(this.port).signIn(PERSON, TestAccounts.PASSWORD), "Key");
		// typed before there was a passkey, and after
		assertThat(target(post("/applies"), fresh())).doesNotEndWith(ConfirmController.PATH);
		assertThat(target(post("/applies"), stale())).endsWith(ConfirmController.PATH);
		assertThat(target(post("/applies"), proved(FactorGrantedAuthority.PASSWORD_AUTHORITY, Duration.ofSeconds(-5))))
			.endsWith(ConfirmController.PATH);
		assertThat(target(post("/applies"), proved(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, Duration.ofMinutes(9))))
			.doesNotEndWith(ConfirmController.PATH);
		assertThat(target(post("/applies"), proved(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, Factors.FRESH)))
			.endsWith(ConfirmController.PATH);
	}

	@Test
	void nobodyMakesAPasskeyInASessionThatWasLeftOpen() throws Exception {
		assertThat(target(post("/webauthn/register").contentType(MediaType.APPLICATION_JSON).content("{}"), stale()))
			.endsWith(ConfirmController.PATH);
		assertThat(this.portal
			.perform(post("/webauthn/register").contentType(MediaType.APPLICATION_JSON)
				.content("{}")
				.with(authentication(fresh()))
				.with(csrf()))
			.andReturn()
			.getResponse()
			.getStatus()).isEqualTo(400);
	}

	/** From the form, by way of the password, to the form's own answer. */
	@Test
	void whatWasTypedIsKept() throws Exception {
		var session = new MockHttpSession();
		var sent = post("/applies").session(session)
			.header("Referer", "http://localhost/review?block=2")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.content("target=1:abc&target=2:d%22ef&reason=Because+%3Cb%3E&confirmation=yes");
		assertThat(target(sent, stale())).endsWith(ConfirmController.PATH);
		assertThat(body(get(ConfirmController.PATH).session(session), stale())).contains("Apply changes")
			.contains("href=\"/review?block=2\"");

		var wrong = post(ConfirmController.PATH).session(session).param("password", "not the password");
		assertThat(body(wrong, stale())).contains("The password is wrong");
		var right = post(ConfirmController.PATH).session(session).param("password", TestAccounts.PASSWORD);
		assertThat(target(right, stale())).isEqualTo(ConfirmController.DONE);
		var page = this.portal.perform(get(ConfirmController.DONE).session(session)).andReturn().getResponse();
		assertThat(page.getContentAsString()).contains("action=\"/applies\"")
			.contains("name=\"target\" value=\"1:abc\"")
			.contains("name=\"target\" value=\"2:d&quot;ef\"")
			.contains("name=\"reason\" value=\"Because &lt;b&gt;\"")
			.contains("name=\"confirmation\" value=\"yes\"");
		var again = this.portal.perform(post("/applies").session(session).with(csrf())).andReturn().getResponse();
		assertThat(again.getRedirectedUrl()).doesNotEndWith(ConfirmController.PATH);
	}

	@Test
	void secretsAndFilesAreNotKept() throws Exception {
		var session = new MockHttpSession();
		var form = post("/pbxs").session(session)
			.header("Referer", "https://elsewhere.example//evil.example/x")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.content("name=Marker+name&secret=marker-secret-8231");
		assertThat(target(form, stale())).endsWith(ConfirmController.PATH);
		var kept = KeptRequest.in(session);
		assertThat(kept.toString()).doesNotContain("marker-secret-8231").doesNotContain("Marker name");
		assertThat(kept.back()).isEqualTo("/");
		var done = body(get(ConfirmController.DONE).session(session), fresh());
		assertThat(done).contains("Go back to the form").doesNotContain("Marker name");

		assertThat(target(post("/applies").session(session).contentType(MediaType.MULTIPART_FORM_DATA).content("file"),
				stale()))
			.endsWith(ConfirmController.PATH);
		assertThat(KeptRequest.in(session).again()).isFalse();
	}

	@Test
	void theLastStepNeedsAConfirmation() throws Exception {
		var session = new MockHttpSession();
		target(post("/applies").session(session).contentType(MediaType.APPLICATION_FORM_URLENCODED), stale());
		assertThat(target(get(ConfirmController.DONE).session(session), stale())).isEqualTo(ConfirmController.PATH);
		assertThat(target(get(ConfirmController.DONE), fresh())).isEqualTo("/");
	}

	/** Under a new session id, and in the trail. */
	@Test
	void confirmsWithThePasskey() {
		var http = new Http(this.port).signIn(PERSON, TestAccounts.PASSWORD);
		var passkey = new SoftPasskey(this.port).register(http, "Key");
		this.jdbc.sql("update user_credentials set created = ? where label = 'Key'")
			.param(Instant.now(this.clock).minusSeconds(3600).atOffset(ZoneOffset.UTC))
			.update();
		http.get("/audit");
		assertThat(http.post("/applies", Map.of("reason", "x")).headers().firstValue("Location"))
			.hasValueSatisfying((target) -> assertThat(target).endsWith(ConfirmController.PATH));
		var before = http.session();
		assertThat(http.get(ConfirmController.PATH).body()).contains("data-passkey-use")
			.doesNotContain("type=\"password\"");
		assertThat(passkey.use(http).statusCode()).isEqualTo(200);
		assertThat(http.session()).isNotEqualTo(before);
		assertThat(http.get(ConfirmController.DONE).body()).contains("You are confirmed");
		assertThat(this.jdbc.sql("select action from audit_event where actor = ? order by id desc limit 1")
			.param(PERSON)
			.query(String.class)
			.single()).isEqualTo("account.confirmed");
	}

	private String body(MockHttpServletRequestBuilder request, Authentication session) throws Exception {
		return this.portal.perform(request.with(authentication(session)).with(csrf()))
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	/** Pages are asked for without ever confirming anything. */
	@Test
	void readingIsNeverDisturbed() throws Exception {
		for (var path : List.of("/", "/review", "/account", "/users", "/pbxs/new", "/stop")) {
			assertThat(
					this.portal.perform(get(path).with(authentication(stale()))).andReturn().getResponse().getStatus())
				.isEqualTo(200);
		}
	}

}
