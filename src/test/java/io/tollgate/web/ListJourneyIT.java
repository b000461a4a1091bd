package io.tollgate.web;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searching, sorting and turning pages as a person does it, by keyboard and on a phone.
 */
@BrowserTest
class ListJourneyIT {

	private static final List<String> PATHS = List.of("/pbxs", "/groups", "/users", "/tokens", "/pin-lists",
			"/pin-lists/listed", "/announcements", "/notifications", "/notifications/sent", "/trunks", "/applies",
			"/security/country-codes?policy=1&sort=code", "/extensions?q=listed");

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	TestAccounts people;

	private ListedRows rows;

	@BeforeEach
	void make() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.rows = new ListedRows(this.registry, this.extensions, this.jdbc, this.people.username(Role.ADMINISTRATOR));
	}

	@AfterEach
	void remove() {
		this.rows.remove();
		SecurityContextHolder.clearContext();
	}

	@Test
	void finds(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		// the key that goes to the search of a page; what was found is in the address
		browser.open("/tokens").sees("listed-01").keys("/");
		browser.keys("listed-4").until("only those", (page) -> !page.text().contains("listed-39"));
		browser.sees("listed-40").until("the address", (page) -> page.path().endsWith("/tokens?q=listed-4"));
		browser.press("Expires").sees("listed-49");
		assertThat(browser.path()).endsWith("/tokens?q=listed-4&sort=expires");
		assertThat(first(browser)).contains("listed-40");
		browser.press("Expires").until("turned", (page) -> page.path().endsWith("dir=desc"));
		assertThat(first(browser)).contains("listed-49");
		browser.driver().navigate().refresh();
		assertThat(first(browser)).contains("listed-49");
		assertThat(browser.value("Name, what it may, group or maker")).isEqualTo("listed-4");
		browser.keys("/").keys("4711").sees("Nothing found");
		browser.press("Show all").sees("listed-52");

		browser.open("/trunks?pbx=" + this.rows.pbx()).press("Next").sees("listed-52");
		assertThat(browser.path()).endsWith("page=2");
		browser.press("Previous").sees("listed-01");

		// a PIN that is taken away leads back to where one was
		browser.open("/pin-lists/listed?q=listed-1").click("[aria-label='Remove listed-12']");
		browser.press("Remove the PIN of listed-12")
			.until("it is gone", (page) -> page.all(".plain-list li").size() < 12);
		assertThat(browser.path()).endsWith("/pin-lists/listed?q=listed-1");
	}

	@Test
	void onAPhone(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR).width(390);
		browser.open("/users?q=listed").sees("Sorted by");
		browser.click(".sort-menu summary").click(".sort-menu .chip[href*='dir=desc']");
		browser.until("turned", (page) -> first(page).contains("listed-52"));
		browser.find(".sort-menu summary").sendKeys(Keys.ENTER);
		browser.until("opened by a key", (page) -> page.find(".sort-menu .chips").isDisplayed());
	}

	@Test
	void looksRight(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		for (var path : PATHS) {
			browser.open(path).screenshots("list" + path.replaceAll("[/?&=]", "-"));
		}
		browser.open("/users?q=nobody").sees("Nothing found").screenshots("list-none");
	}

	private static String first(Browser browser) {
		return browser.find("#found tbody tr").getText();
	}

}
