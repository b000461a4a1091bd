package io.tollgate.web;

import io.tollgate.account.Role;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What surrounds every page, used by keyboard, mouse and on a phone. */
@BrowserTest
class FrameIT {

	@Autowired
	TestAccounts people;

	@Test
	void jumpsByKeyboard(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/audit");
		browser.keys(Keys.TAB).focuses(".skip-link");
		assertThat(browser.find(".skip-link").getText()).isEqualTo("Skip to content");
		browser.control("k").focuses(".palette__input");
		browser.keys("audit", Keys.ENTER).until("on the audit log", (b) -> b.path().equals("/audit"));

		browser.keys("?").sees("Keyboard shortcuts").screenshot("frame-keys", "light", Browser.DESK);
		browser.open("/audit").keys("/").focuses("[type=search]");
	}

	@Test
	void remembersTheTheme(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/audit").press("Switch between light and dark theme");
		var chosen = browser.find("html").getDomAttribute("data-theme");
		browser.until("remembered", (b) -> b.cookie("tollgate-theme").equals(chosen)).open("/audit");
		assertThat(browser.driver().getPageSource()).contains("data-theme=\"" + chosen + "\"");
		browser.press("Switch between light and dark theme")
			.until("remembered", (b) -> !b.cookie("tollgate-theme").equals(chosen))
			.open("/audit");
		assertThat(browser.find("html").getDomAttribute("data-theme")).isNotEqualTo(chosen);
	}

	@Test
	void opensTheDrawerOnAPhone(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.width(Browser.PHONE).open("/audit").press("Open menu").focuses("[aria-label='Close menu']");
		browser.sees("PBX fleet").assertAccessible();
		browser.keys(Keys.ESCAPE).focuses("[aria-label='Open menu']");
		browser.assertNoSidewaysScroll();
	}

	@Test
	void saysThatAPageIsMissing(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.expectErrors();
		browser.open("/no-such-page").sees("No route matches this address").screenshots("error-404");
	}

}
