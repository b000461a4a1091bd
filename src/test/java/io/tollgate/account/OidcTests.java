package io.tollgate.account;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.tollgate.support.Http;
import io.tollgate.support.SoftPasskey;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TestProvider;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** People of an identity provider, and of one that sends what does not hold. */
@TollgateTest
class OidcTests {

	private static final TestProvider PROVIDER = new TestProvider();

	@Autowired
	Accounts accounts;

	@Autowired
	Passkeys passkeys;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void provider(DynamicPropertyRegistry properties) {
		properties.add("tollgate.oidc.issuer", PROVIDER::issuer);
		properties.add("tollgate.oidc.name", () -> "Plant SSO");
		properties.add("tollgate.oidc.client-id", () -> TestProvider.CLIENT);
		properties.add("tollgate.oidc.client-secret", () -> TestProvider.SECRET);
		properties.add("tollgate.oidc.role-claim", () -> "realm_access.roles");
		properties.add("tollgate.oidc.roles.administrator", () -> "tollgate-admins");
		properties.add("tollgate.oidc.roles.operator", () -> "tollgate-operators,plant-operators");
		properties.add("tollgate.oidc.groups[0].value", () -> "mexico");
		properties.add("tollgate.oidc.groups[0].pbx-group", () -> "Mexico plants");
		properties.add("tollgate.oidc.groups[1].value", () -> "everywhere");
		properties.add("tollgate.oidc.groups[1].pbx-group", () -> "*");
	}

	@AfterAll
	static void stop() {
		PROVIDER.close();
	}

	@BeforeEach
	void portal() {
		this.accounts.create("local.person", "Local Person", TestAccounts.PASSWORD, Role.ADMINISTRATOR);
		PROVIDER.serve(this.port).says(role("tollgate-admins"));
	}

	@AfterEach
	void nobody() {
		this.jdbc
			.sql("delete from account where username = 'local.person' or id in "
					+ "(select account_id from account_provider)")
			.update();
	}

	private static Consumer<JwtClaimsSet.Builder> role(String... roles) {
		return (claims) -> claims.claim("realm_access", Map.of("roles", List.of(roles)))
			.claim("groups", List.of("everywhere"))
			.claim("preferred_username", "Rosa.Diaz")
			.claim("name", "Rosa Díaz");
	}

	private static Consumer<JwtClaimsSet.Builder> spoiled(Consumer<JwtClaimsSet.Builder> how) {
		return role("tollgate-admins").andThen(how);
	}

	/**
	 * Where the portal sends somebody in the end, whom the provider knows by this name.
	 */
	private String signIn(Http http, String subject) {
		var there = location(http, OidcConfiguration.START);
		var back = URI.create(PROVIDER.authorize(there, subject));
		return path(location(http, back.getRawPath() + "?" + back.getRawQuery()));
	}

	private static String location(Http http, String path) {
		var answer = http.get(path);
		return answer.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError(path + " " + answer.statusCode() + " " + answer.body()));
	}

	private static String path(String location) {
		var uri = URI.create(location);
		return uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

	private void assertIn(Http http) {
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(200);
	}

	private void assertRefused(String why) {
		var http = new Http(this.port);
		var answer = signIn(http, "subject-of-a-stranger");
		assertThat(answer).isEqualTo(SignInController.PROVIDER + "?why=" + why);
		assertThat(http.get(answer).body()).contains("did not let you in here");
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(302);
		assertThat(provided()).isEmpty();
	}

	private List<String> provided() {
		return this.jdbc
			.sql("select username from account a join account_provider p on p.account_id = a.id order by a.id")
			.query(String.class)
			.list();
	}

	private List<String> trail() {
		return this.jdbc.sql("select action from audit_event where object_name = 'rosa.diaz' order by id")
			.query(String.class)
			.list();
	}

	@Test
	void letsInWhomTheProviderKnows() {
		var http = new Http(this.port);
		assertThat(http.get("/sign-in").body()).contains("Continue with Plant SSO");
		var before = http.session();
		assertThat(location(http, "/account")).endsWith("/sign-in");
		assertThat(location(http, OidcConfiguration.START)).contains("code_challenge=", "code_challenge_method=S256",
				"nonce=", "state=", "max_age=28800");
		assertThat(signIn(http, "subject-1")).startsWith("/account");
		assertThat(http.session()).isNotEqualTo(before);
		assertIn(http);
		assertThat(http.get("/account").body()).contains("Rosa Díaz");
		assertThat(provided()).containsExactly("rosa.diaz");
		assertIn(signedIn("subject-1"));
		assertThat(provided()).hasSize(1);
		assertThat(trail()).endsWith("account.created", "account.signed-in", "account.signed-in");
	}

	private Http signedIn(String subject) {
		var http = new Http(this.port);
		assertThat(signIn(http, subject)).doesNotStartWith(SignInController.PROVIDER);
		return http;
	}

	@Test
	void isNeverLinkedByName() {
		PROVIDER.says(
				spoiled((claims) -> claims.claim("preferred_username", "local.person").claim("email", "local.person")));
		signedIn("subject-2");
		assertThat(provided()).singleElement().satisfies((name) -> assertThat(name).startsWith("local.person-"));
		signedIn("subject-3");
		assertThat(provided()).hasSize(2).doesNotContain("local.person").doesNotHaveDuplicates();
		PROVIDER.says(spoiled((claims) -> claims.claim("preferred_username", "Tollgate")));
		signedIn("subject-4");
		assertThat(provided()).anyMatch((name) -> name.startsWith("person-")).doesNotContain("tollgate");
	}

	@Test
	void refusesAnotherNonce() {
		PROVIDER.says(spoiled((claims) -> claims.claim("nonce", "of-another-sign-in")));
		assertRefused("failed");
	}

	@Test
	void refusesAnotherAudience() {
		PROVIDER.says(spoiled((claims) -> claims.audience(List.of("another-client"))));
		assertRefused("failed");
		PROVIDER.says(spoiled((claims) -> claims.audience(List.of(TestProvider.CLIENT, "another-client"))
			.claim("azp", "another-client")));
		assertRefused("failed");
	}

	@Test
	void refusesWhatHasExpired() {
		PROVIDER.says(spoiled((claims) -> claims.issuedAt(Instant.now().minusSeconds(7200))
			.expiresAt(Instant.now().minusSeconds(3600))));
		assertRefused("failed");
	}

	@Test
	void refusesAnotherIssuer() {
		PROVIDER.says(spoiled((claims) -> claims.issuer("https://sso.example")));
		assertRefused("failed");
	}

	@Test
	void refusesWhatNobodySigned() {
		PROVIDER.says(role("tollgate-admins")).signsNothing();
		assertRefused("failed");
		PROVIDER.says(role("tollgate-admins")).signsWithAnotherKey();
		assertRefused("failed");
	}

	@Test
	void refusesAnAnswerThatNobodyAskedFor() {
		var victim = new Http(this.port);
		var attacker = new Http(this.port);
		var back = URI.create(PROVIDER.authorize(location(attacker, OidcConfiguration.START), "attacker"));
		assertThat(path(location(victim, back.getRawPath() + "?" + back.getRawQuery())))
			.startsWith(SignInController.PROVIDER);
	}

	@Test
	void refusesWhoHasNoRoleOrNoPbx() {
		PROVIDER.says(role("something-else"));
		assertRefused("no-role");
		PROVIDER.says(role("plant-operators").andThen((claims) -> claims.claim("groups", List.of("brazil"))));
		assertRefused("no-role");
	}

	@Test
	void followsTheRoleOfTheProvider() {
		var http = signedIn("subject-1");
		PROVIDER.says(role("plant-operators").andThen((claims) -> claims.claim("groups", List.of("mexico"))));
		signedIn("subject-1");
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(302);
		var account = this.accounts.loadUserByUsername("rosa.diaz");
		assertThat(account.getRole()).isEqualTo(Role.OPERATOR);
		assertThat(account.groups()).isEqualTo(Set.of("Mexico plants"));

		http = signedIn("subject-1");
		assertIn(http);
		PROVIDER.says(role());
		assertThat(signIn(new Http(this.port), "subject-1")).isEqualTo(SignInController.PROVIDER + "?why=no-role");
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(302);
		assertThat(trail()).endsWith("account.rights-changed", "account.signed-in", "account.signed-in",
				"account.provider-refused");
	}

	@Test
	void disabledStaysOut() {
		signedIn("subject-1");
		this.jdbc.sql("update account set enabled = false where username = 'rosa.diaz'").update();
		assertThat(signIn(new Http(this.port), "subject-1")).isEqualTo(SignInController.PROVIDER + "?why=disabled");
	}

	@Test
	void theProviderIsTheOnlyWayIn() {
		var http = signedIn("subject-1");
		this.jdbc
			.sql("update account set password_hash = (select password_hash from account "
					+ "where username = 'local.person') where username = 'rosa.diaz'")
			.update();
		var password = new Http(this.port);
		password.get("/sign-in");
		password.post("/sign-in", Map.of("username", "rosa.diaz", "password", TestAccounts.PASSWORD));
		assertThat(password.get(AccountController.PATH).statusCode()).isEqualTo(302);
		assertThat(http.get(AccountController.PATH).body()).doesNotContain("data-passkey-add");
		assertThat(new SoftPasskey(this.port).tryToRegister(http, "Key").statusCode()).isEqualTo(403);
		assertThat(this.passkeys.of("rosa.diaz")).isEmpty();
	}

	/** Hours ago at the provider is not just now here. */
	@Test
	void confirmsThere() {
		PROVIDER
			.says(spoiled((claims) -> claims.claim("auth_time", Instant.now().minusSeconds(3600).getEpochSecond())));
		var http = signedIn("subject-1");
		http.get(AccountController.PATH);
		assertThat(path(http.post("/applies", Map.of("reason", "kept")).headers().firstValue("Location").orElseThrow()))
			.isEqualTo(ConfirmController.PATH);
		assertThat(http.get(ConfirmController.PATH).body()).contains("Confirm with Plant SSO")
			.doesNotContain("type=\"password\"");
		assertThat(location(http, OidcConfiguration.START)).contains("prompt=login", "max_age=0");

		assertThat(signIn(http, "subject-1")).isEqualTo(SignInController.PROVIDER + "?why=not-recent");
		PROVIDER.says(spoiled((claims) -> claims.claims((all) -> all.remove("auth_time"))));
		assertThat(signIn(http, "subject-1")).isEqualTo(SignInController.PROVIDER + "?why=not-recent");
		PROVIDER.says(role("tollgate-admins"));
		assertThat(signIn(http, "subject-another")).isEqualTo(SignInController.PROVIDER + "?why=another");
		assertThat(signIn(http, "subject-1")).isEqualTo(ConfirmController.DONE);
		assertThat(http.get(ConfirmController.DONE).body()).contains("value=\"kept\"");
		assertThat(trail()).endsWith("account.confirmed");
	}

	@Test
	void signsOutThereToo() {
		var http = signedIn("subject-1");
		http.get(AccountController.PATH);
		var target = http.post("/sign-out", Map.of()).headers().firstValue("Location").orElseThrow();
		assertThat(target).startsWith(PROVIDER.issuer() + "/connect/logout?id_token_hint=ey")
			.contains("post_logout_redirect_uri=http://localhost:" + this.port + "/sign-in?signed-out");
		assertThat(http.get("/sign-in").headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).contains("form-action 'self' " + PROVIDER.issuer()));
		assertThat(location(new Http(this.port).signIn("local.person", TestAccounts.PASSWORD), "/sign-in/passkey"))
			.endsWith("/");
	}

}
