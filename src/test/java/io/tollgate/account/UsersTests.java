package io.tollgate.account;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** What administrators do with other people's accounts, over HTTP as they do it. */
@TollgateTest
class UsersTests {

	private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/welcome\\?token=([0-9a-f]{32}))");

	private static final String FRESH = "seven brass lamps under water";

	private static final AtomicInteger NUMBER = new AtomicInteger();

	@Autowired
	TestAccounts people;

	@Autowired
	Accounts accounts;

	@Autowired
	SignInThrottle throttle;

	@Autowired
	FailedSignIns refusals;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	Http administrator;

	@BeforeEach
	void signIn() {
		this.throttle.clear();
		this.administrator = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR),
				TestAccounts.PASSWORD);
	}

	@AfterEach
	void leaveNothing() {
		this.refusals.write();
		this.jdbc.sql("delete from user_entities where name like 'someone%'").update();
		this.jdbc.sql("delete from account where username like 'someone%'").update();
	}

	/** Each change ends what the person could do with their next request. */
	@TestFactory
	Stream<DynamicTest> everyChangeTakesEffectAtOnce() {
		return Stream
			.of(Map.entry("rights", Map.of("role", "VIEWER")), Map.entry("disable", Map.<String, String>of()),
					Map.entry("sessions/end", Map.<String, String>of()), Map.entry("link", Map.<String, String>of()),
					Map.entry("second-factor/reset", Map.<String, String>of()))
			.map((change) -> dynamicTest(change.getKey(), () -> {
				var name = someone(Role.OPERATOR);
				var session = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
				assertThat(session.get("/announcements/new").statusCode()).isEqualTo(200);
				passkey(name);
				this.administrator.post("/users/" + id(name) + "/" + change.getKey(), change.getValue());

				assertThat(session.get("/announcements/new").statusCode()).isEqualTo(302);
				assertThat(this.jdbc.sql("select count(*) from spring_session where principal_name = ?")
					.param(name)
					.query(Long.class)
					.single()).isZero();
				assertThat(audited(name)).startsWith("account.").isNotEqualTo("account.signed-in");
			}));
	}

	/**
	 * Also where the session is not there to be ended: a sign-in that raced the change.
	 */
	@Test
	void aSessionOfWhatSomebodyWasIsWorthNothing() {
		var name = someone(Role.OPERATOR);
		var session = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
		this.jdbc.sql("update account set role = 'VIEWER', revision = revision + 1 where username = ?")
			.param(name)
			.update();
		assertThat(session.get("/announcements/new").statusCode()).isEqualTo(302);
		session.signIn(name, TestAccounts.PASSWORD);
		assertThat(session.get("/announcements/new").statusCode()).isEqualTo(403);
	}

	@Test
	void writesWhatWasAndWhatIs() {
		var name = someone(Role.OPERATOR);
		limited(name);
		this.administrator.post("/users/" + id(name) + "/rights",
				Map.of("role", "VIEWER", "limited", "true", "groups", "Mexico plants"));
		assertThat(this.accounts.loadUserByUsername(name).groups()).containsExactly("Mexico plants");
		this.administrator.post("/users/" + id(name) + "/rights", Map.of("role", "VIEWER", "limited", "false"));
		assertThat(this.jdbc.sql("""
				select before_text || ' > ' || after_text from audit_event
				where object_name = ? and action = 'account.rights-changed' order by id""")
			.param(name)
			.query(String.class)
			.list()).containsExactly(name + ", OPERATOR, Mexico plants > " + name + ", VIEWER, Mexico plants",
					name + ", VIEWER, Mexico plants > " + name + ", VIEWER, all PBXs");
	}

	@Test
	void noScopeIsEmptyAndNoAdministratorIsLimited() {
		var name = someone(Role.OPERATOR);
		limited(name);
		var answer = this.administrator.post("/users/" + id(name) + "/rights",
				Map.of("role", "OPERATOR", "limited", "true"));
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("Tick at least one group");
		assertThat(this.administrator
			.post("/users/" + id(name) + "/rights",
					Map.of("role", "OPERATOR", "limited", "true", "groups", "No such group"))
			.statusCode()).isEqualTo(422);
		this.administrator.post("/users/" + id(name) + "/rights",
				Map.of("role", "ADMINISTRATOR", "limited", "true", "groups", "Mexico plants"));
		assertThat(this.accounts.loadUserByUsername(name).groups()).isEmpty();
		assertThat(this.accounts.loadUserByUsername(name).getRole()).isEqualTo(Role.ADMINISTRATOR);
	}

	@Test
	void nobodyTakesRightsFromThemselves() {
		var me = this.people.username(Role.ADMINISTRATOR);
		for (var change : List.of("rights", "disable", "link")) {
			this.administrator.post("/users/" + id(me) + "/" + change, Map.of("role", "VIEWER"));
			assertThat(this.administrator.get("/users/" + id(me)).body()).contains("You cannot do that to yourself");
		}
		assertThat(this.accounts.loadUserByUsername(me).getRole()).isEqualTo(Role.ADMINISTRATOR);
	}

	/** Two who take each other's rights away at once: one of them stays. */
	@Test
	void oneAdministratorIsAlwaysLeft() throws Exception {
		for (int round = 0; round < 5; round++) {
			var one = someone(Role.ADMINISTRATOR);
			var other = someone(Role.ADMINISTRATOR);
			var of = Map.of(one, new Http(this.port).signIn(one, TestAccounts.PASSWORD), other,
					new Http(this.port).signIn(other, TestAccounts.PASSWORD));
			var start = new CyclicBarrier(2);
			try (var threads = Executors.newFixedThreadPool(2)) {
				for (var done : threads.invokeAll(
						List.of(demotion(start, of.get(one), id(other)), demotion(start, of.get(other), id(one))))) {
					done.get();
				}
			}
			assertThat(this.jdbc.sql("""
					select count(*) from account
					where username in (?, ?) and role = 'ADMINISTRATOR' and enabled""")
				.params(one, other)
				.query(Long.class)
				.single()).isEqualTo(1);
			leaveNothing();
		}
	}

	private static Callable<Integer> demotion(CyclicBarrier start, Http who, long whom) {
		who.get("/users");
		return () -> {
			start.await();
			return who.post("/users/" + whom + "/rights", Map.of("role", "VIEWER")).statusCode();
		};
	}

	@Test
	void anInvitationWorksOnceAndMakesWhatItSaid() {
		this.administrator.get("/users/new");
		var shown = this.administrator.post("/users", Map.of("username", "Someone.New", "rights.role", "OPERATOR"));
		assertThat(shown.statusCode()).isEqualTo(200);
		assertThat(shown.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		var link = link(shown.body());
		var token = link.substring(link.indexOf('=') + 1);
		assertThat(this.jdbc.sql("select token_hash from account_link").query(String.class).list())
			.contains(OneTimeToken.hash(token))
			.doesNotContain(token);
		assertThat(this.administrator.get("/users").body()).contains("Invited until").doesNotContain(token);

		var guest = new Http(this.port);
		assertThat(guest.get("/welcome?token=" + OneTimeToken.make()).body()).contains("does not work any more");
		assertThat(guest.get(link).body()).contains("Welcome to Tollgate").contains("someone.new");
		assertThat(guest.post("/welcome", password(token, "Someone New", "short", "short")).body())
			.contains("at least 15");
		assertThat(guest.post("/welcome", password(token, "Someone New", FRESH, FRESH)).statusCode()).isEqualTo(302);
		assertThat(guest.post("/welcome", password(token, "Someone New", FRESH, FRESH)).body())
			.contains("does not work any more");
		assertThat(new Http(this.port).signIn("someone.new", FRESH).get("/announcements/new").statusCode())
			.isEqualTo(200);
		assertThat(this.administrator.get("/users").body()).contains("Someone New");
	}

	@Test
	void nobodyIsCalledAsThePortalIsInTheAuditLog() {
		this.administrator.get("/users/new");
		assertThat(
				this.administrator.post("/users", Map.of("username", " Tollgate ", "rights.role", "OPERATOR")).body())
			.contains("is the portal itself");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.accounts.create("Tollgate", "T", TestAccounts.PASSWORD, Role.VIEWER));
	}

	@Test
	void anInvitationEndsAfterThreeDaysOrWhenItIsTakenBack() {
		this.administrator.get("/users/new");
		var link = link(
				this.administrator.post("/users", Map.of("username", "someone.late", "rights.role", "VIEWER")).body());
		var id = id("someone.late");
		this.jdbc.sql("update account_link set expires_at = ? where account_id = ?")
			.params(OffsetDateTime.now(), id)
			.update();
		var guest = new Http(this.port);
		assertThat(guest.get(link).body()).contains("does not work any more");
		assertThat(this.administrator.get("/users").body()).contains("Invitation has lapsed");

		var again = link(this.administrator.post("/users/" + id + "/link", Map.of()).body());
		assertThat(again).isNotEqualTo(link);
		assertThat(guest.get(again).body()).contains("Welcome to Tollgate");
		this.administrator.post("/users/" + id + "/revoke", Map.of());
		assertThat(guest.get(again).body()).contains("does not work any more");
		assertThat(this.administrator.get("/users/" + id).statusCode()).isEqualTo(404);
		assertThat(this.administrator.post("/users/" + id(this.people.username(Role.VIEWER)) + "/revoke", Map.of())
			.statusCode()).isEqualTo(404);
	}

	@Test
	void aPasswordLinkEndsTheOldPasswordAtOnce() {
		var name = someone(Role.VIEWER);
		var link = link(this.administrator.post("/users/" + id(name) + "/link", Map.of()).body());
		var guest = new Http(this.port);
		guest.get("/sign-in");
		assertThat(guest.post("/sign-in", Map.of("username", name, "password", TestAccounts.PASSWORD)).body())
			.contains("Username or password is wrong");
		assertThat(guest.get(link).body()).contains("Choose a new password");
		guest.post("/welcome", password(link.substring(link.indexOf('=') + 1), "Mallory", FRESH, FRESH));
		new Http(this.port).signIn(name, FRESH);
		assertThat(this.accounts.loadUserByUsername(name).getDisplayName()).isEqualTo(name);
	}

	/** Fields of the account that no form has do nothing. */
	@Test
	void postingEveryFieldChangesNothingUnlisted() {
		var name = someone(Role.VIEWER);
		var own = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
		own.get("/account");
		own.post("/account/name",
				Map.of("displayName", "New name", "role", "ADMINISTRATOR", "groups", "Mexico plants", "enabled",
						"false", "username", "root", "id", "1", "passwordHash", "x", "invited", "true", "revision",
						"99"));
		assertThat(this.jdbc.sql("""
				select display_name || ' ' || role || ' ' || enabled || ' ' || invited || ' ' || revision
				from account where username = ?""").param(name).query(String.class).single())
			.isEqualToIgnoringCase("New name VIEWER true false 0");
	}

	@Test
	void changesOnesOwnPasswordAndEndsTheOtherSessions() {
		var name = someone(Role.VIEWER);
		var own = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
		var other = new Http(this.port).signIn(name, TestAccounts.PASSWORD);
		own.get("/account");
		assertThat(own
			.post("/account/password", Map.of("current", "not the password", "password", FRESH, "confirmation", FRESH))
			.body()).contains("not your current password");
		assertThat(own
			.post("/account/password",
					Map.of("current", TestAccounts.PASSWORD, "password", FRESH, "confirmation", FRESH))
			.statusCode()).isEqualTo(302);
		assertThat(own.get("/account").body()).contains("Your password is changed");
		assertThat(other.get("/account").statusCode()).isEqualTo(302);
		new Http(this.port).signIn(name, FRESH);

		own.post("/account/sessions/end", Map.of());
		assertThat(own.get("/account").statusCode()).isEqualTo(200);
	}

	private static Map<String, String> password(String token, String name, String password, String confirmation) {
		return Map.of("token", token, "displayName", name, "password", password, "confirmation", confirmation);
	}

	private static String link(String body) {
		var found = LINK.matcher(body);
		assertThat(found.find()).as("a link on the page").isTrue();
		return found.group(1);
	}

	private String someone(Role role) {
		var name = "someone" + NUMBER.incrementAndGet();
		return this.accounts.create(name, name, TestAccounts.PASSWORD, role).username();
	}

	/** A group to choose from: what somebody is limited to is offered as well. */
	private void limited(String name) {
		this.jdbc.sql("insert into account_group (account_id, group_name) values (?, 'Mexico plants')")
			.param(id(name))
			.update();
	}

	private void passkey(String username) {
		this.jdbc.sql("insert into user_entities (id, name, display_name) values (?, ?, ?)")
			.params(username, username, username)
			.update();
		this.jdbc.sql("""
				insert into user_credentials (credential_id, user_entity_user_id, public_key, signature_count,
				  uv_initialized, backup_eligible, public_key_credential_type, backup_state, created, last_used, label)
				values (?, ?, ?, 0, true, false, 'public-key', false, current_timestamp, current_timestamp, 'Key')""")
			.params("credential-" + username, username, new byte[0])
			.update();
	}

	private long id(String username) {
		return this.jdbc.sql("select id from account where username = ?").param(username).query(Long.class).single();
	}

	private String audited(String username) {
		return this.jdbc.sql("select action from audit_event where object_name = ? order by id desc limit 1")
			.param(username)
			.query(String.class)
			.single();
	}

}
