package io.tollgate.account;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.support.Http;
import io.tollgate.support.SoftPasskey;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in with passkeys, and what somebody would try who has none. */
@TollgateTest
class PasskeyTests {

	private static final String PERSON = "passkey.person";

	private static final String OTHER = "passkey.other";

	/** Reached without any session. */
	private static final Set<String> OPEN = Set.of("/sign-in", "/sign-in/refused", "/sign-in/provider", "/set-up",
			"/welcome", LanguageController.PATH);

	@Autowired
	Accounts accounts;

	@Autowired
	Passkeys passkeys;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@LocalServerPort
	int port;

	private long trailBefore;

	@BeforeEach
	void people() {
		this.trailBefore = this.jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
		this.accounts.create(PERSON, "Passkey Person", TestAccounts.PASSWORD, Role.ADMINISTRATOR);
		this.accounts.create(OTHER, "Passkey Other", TestAccounts.PASSWORD, Role.VIEWER);
	}

	@AfterEach
	void nobody() {
		this.passkeys.require(PasskeyRequirement.NOBODY);
		this.jdbc.sql("delete from account where username in (?, ?)").params(PERSON, OTHER).update();
	}

	private Http signedIn(String username) {
		return new Http(this.port).signIn(username, TestAccounts.PASSWORD);
	}

	/** The password is right; what comes next is up to the test. */
	private Http withPassword(String username) {
		return withPassword(username, "127.0.0.1");
	}

	private Http withPassword(String username, String from) {
		var http = new Http(this.port, from);
		http.get("/sign-in");
		http.post("/sign-in", Map.of("username", username, "password", TestAccounts.PASSWORD));
		http.get(SecondStepController.PATH);
		return http;
	}

	private Http anonymous() {
		var http = new Http(this.port);
		http.get("/sign-in");
		return http;
	}

	private SoftPasskey registered(String username) {
		return new SoftPasskey(this.port).register(signedIn(username), "Test key");
	}

	private static void assertIn(Http http) {
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(200);
	}

	private static void assertOut(Http http) {
		assertThat(http.get(AccountController.PATH).statusCode()).isEqualTo(302);
	}

	private List<String> trail(String username) {
		return this.jdbc.sql("select action from audit_event where object_name = ? and id > ? order by id")
			.params(username, this.trailBefore)
			.query(String.class)
			.list();
	}

	@Test
	void thePasswordAloneReachesNothingButTheSecondStep() {
		var passkey = registered(PERSON);
		var http = withPassword(PERSON);
		// of what has no token, few requests a minute are looked at from one address
		var elsewhere = List.of(withPassword(PERSON, "127.0.0.121"), withPassword(PERSON, "127.0.0.122"),
				withPassword(PERSON, "127.0.0.123"));
		var asked = 0;
		for (var info : this.mappings.getHandlerMethods().keySet()) {
			for (var pattern : info.getPatternValues()) {
				var path = pattern.replaceAll("\\{[^}]*}", "1");
				if (OPEN.contains(path) || path.equals(SecondStepController.PATH) || path.startsWith("/error")
						|| path.startsWith("${")) {
					continue;
				}
				var reads = info.getMethodsCondition().getMethods().contains(RequestMethod.GET);
				var from = path.startsWith("/api/") ? elsewhere.get(asked % elsewhere.size()) : http;
				var answer = reads ? from.get(path) : from.post(path, Map.of());
				asked++;
				if (path.startsWith("/api/")) {
					// scripts have tokens; a browser's session is nobody there
					assertThat(answer.statusCode()).as(info.toString()).isEqualTo(401);
					continue;
				}
				assertThat(answer.statusCode()).as(info.toString()).isEqualTo(302);
				assertThat(answer.headers().firstValue("Location")).as(info.toString())
					.hasValueSatisfying((target) -> assertThat(target).endsWith(SecondStepController.PATH));
			}
		}
		assertThat(asked).isGreaterThan(100);
		assertThat(http.get("/audit", "HX-Request", "true").headers().firstValue("HX-Redirect"))
			.hasValue(SecondStepController.PATH);
		http.get(SecondStepController.PATH);
		assertIn(passkey.signIn(http));
	}

	@Test
	void signsInWithPasswordAndPasskeyOrWithThePasskeyAlone() {
		var passkey = registered(PERSON);
		var both = withPassword(PERSON);
		var before = both.session();
		assertThat(before).isNotEmpty();
		assertIn(passkey.signIn(both));
		assertThat(both.session()).isNotEqualTo(before);

		var alone = anonymous();
		before = alone.session();
		assertIn(passkey.signIn(alone));
		assertThat(alone.session()).isNotEqualTo(before);
		assertThat(this.passkeys.of(PERSON)).singleElement()
			.satisfies((stored) -> assertThat(stored.lastUsedAt()).isAfter(stored.createdAt()));
		assertThat(trail(PERSON)).containsExactly("account.created", "account.signed-in", "account.passkey.added",
				"account.password-accepted", "account.signed-in", "account.signed-in");
	}

	@Test
	void anAssertionWorksOnce() {
		var passkey = registered(PERSON);
		var http = anonymous();
		var assertion = passkey.assertion(SoftPasskey.challenge(http, "authenticate"));
		assertThat(http.postJson("/login/webauthn", assertion).statusCode()).isEqualTo(200);
		var replayed = anonymous();
		assertThat(replayed.postJson("/login/webauthn", assertion).statusCode()).isEqualTo(401);
		SoftPasskey.challenge(replayed, "authenticate");
		assertThat(replayed.postJson("/login/webauthn", assertion).statusCode()).isEqualTo(401);
		assertOut(replayed);
	}

	@Test
	void aChallengeBelongsToItsSession() {
		var passkey = registered(PERSON);
		var victim = anonymous();
		var assertion = passkey.assertion(SoftPasskey.challenge(victim, "authenticate"));
		var attacker = anonymous();
		SoftPasskey.challenge(attacker, "authenticate");
		assertThat(attacker.postJson("/login/webauthn", assertion).statusCode()).isEqualTo(401);
		assertOut(attacker);
	}

	@Test
	void anotherOriginIsRefused() {
		var passkey = registered(PERSON).from("https://tollgate.example");
		var http = anonymous();
		assertThat(passkey.use(http).statusCode()).isEqualTo(401);
		assertOut(http);
		var phished = new SoftPasskey(this.port).from("http://localhost:1");
		assertThat(phished.tryToRegister(signedIn(OTHER), "Phished").statusCode()).isEqualTo(403);
		assertThat(this.passkeys.of(OTHER)).isEmpty();
	}

	@Test
	void withoutUserVerificationItIsNoPasskey() {
		var passkey = registered(PERSON).withoutUserVerification();
		var http = withPassword(PERSON);
		assertThat(passkey.use(http).statusCode()).isEqualTo(401);
		assertOut(http);
		var careless = new SoftPasskey(this.port).withoutUserVerification();
		assertThat(careless.tryToRegister(signedIn(OTHER), "Careless").statusCode()).isEqualTo(403);
	}

	@Test
	void aCopiedPasskeyIsRefused() {
		var passkey = registered(PERSON);
		passkey.signIn(anonymous());
		var http = anonymous();
		assertThat(passkey.rewind().use(http).statusCode()).isEqualTo(401);
		assertOut(http);
	}

	@Test
	void thePasswordAloneAddsNoPasskey() {
		registered(PERSON);
		var answer = new SoftPasskey(this.port).tryToRegister(withPassword(PERSON), "Intruder");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(this.passkeys.of(PERSON)).extracting(Passkey::label).containsExactly("Test key");
		var nobody = anonymous();
		assertThat(nobody.postJson("/webauthn/register/options", "{}").statusCode()).isNotEqualTo(200);
	}

	@Test
	void whatTheFirstKeyMeansIsNotTheSecondPersons() {
		var others = registered(OTHER);
		var http = signedIn(PERSON);
		assertThat(others.use(http).statusCode()).isEqualTo(401);
		registered(PERSON);
		var half = withPassword(PERSON);
		assertThat(others.use(half).statusCode()).isEqualTo(401);
		assertOut(half);
	}

	@Test
	void aDisabledAccountStaysOut() {
		var passkey = registered(PERSON);
		this.jdbc.sql("update account set enabled = false where username = ?").param(PERSON).update();
		var http = anonymous();
		assertThat(passkey.use(http).statusCode()).isEqualTo(401);
		assertOut(http);
	}

	@Test
	void whoNeedsAPasskeyMakesOneFirst() {
		this.passkeys.require(PasskeyRequirement.ADMINISTRATORS);
		assertIn(signedIn(OTHER));
		var http = withPassword(PERSON);
		assertThat(http.get("/audit").headers().firstValue("Location"))
			.hasValueSatisfying((target) -> assertThat(target).endsWith(SecondStepController.PATH));
		assertThat(http.get(SecondStepController.PATH).body()).contains("Create a passkey");
		assertThat(http.post("/discard", Map.of()).statusCode()).isEqualTo(302);
		var passkey = new SoftPasskey(this.port).register(http, "First one");
		assertThat(http.get(SecondStepController.PATH).body()).contains("Confirm with your passkey");
		assertIn(passkey.signIn(http));
		assertThat(http.post("/account/passkeys/remove", Map.of("id", passkey.id())).statusCode()).isEqualTo(302);
		assertThat(this.passkeys.of(PERSON)).hasSize(1);
	}

	@Test
	void anAdministratorSaysWhoNeedsOne() {
		var http = signedIn(PERSON);
		http.get("/users");
		http.post(PasskeyController.REQUIREMENT, Map.of("requirement", "OPERATORS"));
		assertThat(this.passkeys.requirement()).isEqualTo(PasskeyRequirement.OPERATORS);
		assertThat(signedIn(OTHER).post(PasskeyController.REQUIREMENT, Map.of("requirement", "NOBODY")).statusCode())
			.isEqualTo(403);
		assertThat(this.passkeys.requirement()).isEqualTo(PasskeyRequirement.OPERATORS);
	}

	@Test
	void aNewPasskeyEndsTheOtherSessions() {
		var left = signedIn(PERSON);
		assertIn(left);
		var own = signedIn(PERSON);
		new SoftPasskey(this.port).register(own, "Key");
		assertIn(own);
		assertOut(left);
	}

	@Test
	void namesRemovesAndResets() {
		var passkey = registered(PERSON);
		var stranger = signedIn(OTHER);
		for (var action : List.of("name", "remove")) {
			assertThat(stranger.post("/account/passkeys/" + action, Map.of("id", passkey.id(), "label", "Mine now"))
				.statusCode()).isEqualTo(404);
		}
		var http = passkey.signIn(anonymous());
		http.get("/account");
		http.post("/account/passkeys/name", Map.of("id", passkey.id(), "label", " "));
		assertThat(http.get("/account").body()).contains("Use 1 to 80 characters");
		http.post("/account/passkeys/name", Map.of("id", passkey.id(), "label", "Ring"));
		assertThat(http.get("/account").body()).contains("It is called Ring now.");
		http.post("/account/passkeys/remove", Map.of("id", passkey.id()));
		assertThat(this.passkeys.of(PERSON)).isEmpty();
		assertIn(signedIn(PERSON));

		registered(PERSON);
		assertThat(this.passkeys.counts()).containsEntry(PERSON, 1);
		assertThat(this.passkeys.reset(PERSON)).isEqualTo(1);
		assertIn(signedIn(PERSON));
		assertThat(trail(PERSON)).contains("account.passkey.added", "account.passkey.renamed",
				"account.passkey.removed", "account.passkey.reset");
	}

}
