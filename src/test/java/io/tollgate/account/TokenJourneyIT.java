package io.tollgate.account;

import java.time.Instant;
import java.time.ZoneOffset;

import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From the empty page to a token that a script uses, and back. */
@BrowserTest
class TokenJourneyIT {

	private static final String PERSON = "token.traveller";

	@Autowired
	Accounts accounts;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@BeforeEach
	void person() {
		this.accounts.create(PERSON, "Token Traveller", TestAccounts.PASSWORD, Role.OPERATOR);
	}

	@AfterEach
	void nobody() {
		this.jdbc.sql("delete from account where username = ?").param(PERSON).update();
	}

	private int status(String token) {
		return new Http(this.port).get("/api/v1/pbxs", "Authorization", "Bearer " + token).statusCode();
	}

	private static String shown(Browser browser) {
		return browser.find("#token").getText();
	}

	@Test
	void makesUsesAndRevokesAToken(Browser browser) {
		browser.signIn(PERSON, TestAccounts.PASSWORD);
		browser.open("/tokens").sees("No API token yet").screenshots("tokens-none");
		browser.press("New token").sees("Days until it ends").screenshots("token-new");
		browser.expectErrors();
		browser.press("Make token").sees("Give it a name").screenshots("token-new-wrong");
		browser.type("Name", "Grafana").tick("Read PBXs and how they stand").press("Make token");
		browser.sees("It is not shown again").screenshots("token-made");
		var token = shown(browser);
		assertThat(status(token)).isEqualTo(200);
		browser.click("[data-copy=token]").sees("Token copied");

		browser.open("/tokens/new")
			.type("Name", "Nightly report")
			.tick("Ask the dial tester")
			.type("Days until it ends", "5");
		browser.press("Make token").sees("It is not shown again").press("Back to tokens").sees("Nightly report");
		this.jdbc.sql("""
				insert into api_token (account_id, public_id, secret_hash, name, created_at, expires_at)
				select id, '0ldBilling01', '', 'Old billing export', created_at, ? from account where username = ?""")
			.params(Instant.now().minusSeconds(3600).atOffset(ZoneOffset.UTC), PERSON)
			.update();
		this.jdbc.sql("""
				insert into api_token_scope (token_id, scope)
				select id, 'AUDIT_READ' from api_token where public_id = '0ldBilling01'""").update();
		browser.open("/tokens").sees("Expired").screenshots("tokens");
		assertThat(browser.text()).doesNotContain(token);
		browser.click("[aria-label='Revoke Grafana']").sees("Grafana is revoked");
		assertThat(status(token)).isEqualTo(401);
		browser.open("/tokens").sees("Revoked").screenshots("tokens-revoked");
	}

	@Test
	void worksWithoutScripts(Browser browser) {
		browser.signIn(PERSON, TestAccounts.PASSWORD).withoutScripts();
		browser.open("/tokens/new").type("Name", "Plain").tick("Read PBXs and how they stand").press("Make token");
		browser.sees("It is not shown again");
		assertThat(status(shown(browser))).isEqualTo(200);
	}

}
