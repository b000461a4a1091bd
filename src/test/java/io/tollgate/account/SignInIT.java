package io.tollgate.account;

import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class SignInIT {

	@Autowired
	TestAccounts people;

	@Test
	void refusesAndKeepsTheUsername(Browser browser) {
		var viewer = this.people.username(Role.VIEWER);
		browser.open("/audit").until("sign-in page", (b) -> b.path().equals("/sign-in")).screenshots("sign-in");
		assertThat(browser.text()).doesNotContain("You are signed out");
		browser.type("Username", viewer).type("Password", "wrong").press("Sign in");
		browser.sees("Username or password is wrong");
		assertThat(browser.value("Username")).isEqualTo(viewer);
		assertThat(browser.value("Password")).isEmpty();
	}

	@Test
	void returnsToTheWantedPageAndSignsOut(Browser browser) {
		var viewer = this.people.username(Role.VIEWER);
		browser.open("/audit?type=account");
		browser.type("Username", viewer).type("Password", TestAccounts.PASSWORD).keys(Keys.ENTER);
		browser.sees("Signed in");
		assertThat(browser.path()).startsWith("/audit?type=account");

		browser.click("details.menu summary");
		browser.sees("Viewer Test").sees("Sign out");
		browser.press("Sign out").sees("You are signed out");
		browser.open("/audit").until("sign-in page", (b) -> b.path().equals("/sign-in"));
	}

}
