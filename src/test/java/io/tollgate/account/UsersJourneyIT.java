package io.tollgate.account;

import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From an invitation to a session that somebody else ends. */
@BrowserTest
class UsersJourneyIT {

	private static final String PASSWORD = "seven brass lamps under water";

	@Autowired
	TestAccounts people;

	@Autowired
	Accounts accounts;

	@Autowired
	SignInThrottle throttle;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	@AfterEach
	void leaveNothing() {
		this.throttle.clear();
		this.jdbc.sql("delete from account where username like 'journey%'").update();
	}

	@Test
	void invitesLimitsAndDisables(Browser browser) {
		this.accounts.create("journey.ana", "Ana Vega", TestAccounts.PASSWORD, Role.VIEWER);
		this.jdbc.sql("""
				insert into account_group (account_id, group_name)
				select id, 'Mexico plants' from account where username = 'journey.ana'""").update();
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/users").sees("Ana Vega").sees("Mexico plants").press("Invite user").sees("Invite user");
		browser.type("Username", "x").press("Make the link").sees("Use 2 to 64 letters").screenshots("user-invite");
		browser.type("Username", "Journey.Tom").click("[value=OPERATOR]").press("Make the link");
		browser.sees("It is not shown again").screenshots("user-link");
		var link = browser.find("#link").getText();
		assertThat(link).matches("http://localhost:\\d+/welcome\\?token=[0-9a-f]{32}");
		browser.press("Back to users").sees("journey.tom").sees("Invited until").screenshots("users");

		browser.forget();
		browser.open(link.substring(link.indexOf("/welcome"))).sees("You will sign in as journey.tom");
		browser.type("Name", "Tom Okafor").type("New password", "passwordpassword").type("Password again", "x");
		browser.press("Save and go to sign-in").sees("This would soon be guessed").screenshots("welcome");
		browser.type("Name", "Tom Okafor").type("New password", PASSWORD).type("Password again", PASSWORD);
		browser.until("three rules met", (b) -> b.all("[data-rule].is-met").size() == 3);
		browser.press("Save and go to sign-in").sees("Your password is set");
		browser.type("Username", "journey.tom").type("Password", PASSWORD).press("Sign in");
		browser.until("signed in", (b) -> b.path().equals("/"));
		assertThat(browser.all("a[href='/users']")).isEmpty();
		browser.open(link.substring(link.indexOf("/welcome"))).sees("This link does not work any more");
		browser.screenshots("welcome-stale");

		browser.forget();
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/users/" + id("journey.ana")).sees("Mexico plants").sees("Not signed in anywhere");
		browser.click("[value=OPERATOR]").press("Save").sees("Role and scope of Ana Vega are changed");
		browser.open("/users/" + id("journey.tom")).sees("Last used").screenshots("user");
		browser.press("Disable")
			.sees("Tom Okafor is disabled")
			.sees("Not signed in anywhere")
			.screenshots("user-disabled");
		browser.press("Enable").sees("Tom Okafor may sign in again");
		browser.expectErrors();
	}

	@Test
	void changesItsOwnNameAndPassword(Browser browser) {
		this.accounts.create("journey.rosa", "Rosa", TestAccounts.PASSWORD, Role.VIEWER);
		browser.signIn("journey.rosa", TestAccounts.PASSWORD).open("/").click("details.menu summary");
		browser.press("My account").sees("You are signed in as journey.rosa").screenshots("account");
		browser.type("Name", "Rosa Salas").press("Save name").sees("Your name is saved");
		browser.type("Current password", "not this one at all")
			.type("New password", PASSWORD)
			.type("Password again", PASSWORD)
			.press("Change password");
		browser.sees("This is not your current password").screenshots("account-refused");
		browser.type("Current password", TestAccounts.PASSWORD)
			.type("New password", PASSWORD)
			.type("Password again", PASSWORD)
			.press("Change password");
		browser.sees("Your password is changed");
		browser.expectErrors();
	}

	/** The page asks by itself, and says so. */
	@Test
	void aPageThatPollsKeepsNoSessionAlive(Browser browser) {
		this.accounts.create("journey.idle", "Idle", TestAccounts.PASSWORD, Role.VIEWER);
		browser.signIn("journey.idle", TestAccounts.PASSWORD).open("/tester");
		browser.driver()
			.executeScript(
					"""
							window.polls = [];
							document.addEventListener('htmx:configRequest', e => window.polls.push(e.detail.headers['Tollgate-By-Itself'] || 'person'));
							document.querySelector('main').insertAdjacentHTML('beforeend',
							    '<span id="poll" hx-get="/tester" hx-trigger="every 200ms" hx-swap="none"></span>' +
							    '<button id="press" type="button" hx-get="/tester" hx-swap="none">x</button>');
							htmx.process(document.querySelector('main'));
							""");
		browser.until("a poll",
				(b) -> String.valueOf(b.driver().executeScript("return window.polls.join()")).contains("true"));
		browser.click("#press")
			.until("a press",
					(b) -> String.valueOf(b.driver().executeScript("return window.polls.join()")).contains("person"));
	}

	private long id(String username) {
		return this.jdbc.sql("select id from account where username = ?").param(username).query(Long.class).single();
	}

}
