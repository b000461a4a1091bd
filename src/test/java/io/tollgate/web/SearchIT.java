package io.tollgate.web;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** From Ctrl K to an extension, by keyboard alone; and the page without scripts. */
@BrowserTest
class SearchIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	private long pbx;

	@BeforeEach
	void fleet() {
		this.pbx = this.registry
			.add(new NewPbx(new PbxConnection("Search plant", "search.invalid", 25_061, false, null, "tollgate"), false,
					1), "secret")
			.id();
		this.extensions.discovered(this.pbx, List.of(new Discovered("778012", "Zaida Ríos"),
				new Discovered("778013", "Zoraida Cantú"), new Discovered("9978", "Lab")));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.pbx);
	}

	@Test
	void findsByKeyboard(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/audit").control("k").focuses(".palette__input").keys("7780").sees("778012 Zaida Ríos");
		browser.sees("All results for 7780");
		assertThat(browser.find(".palette__input").getDomAttribute("aria-activedescendant"))
			.isEqualTo("hit-extensions-0");
		browser.screenshots("search-palette");
		browser.keys(Keys.ARROW_DOWN)
			.until("the second one", (b) -> "hit-extensions-1"
				.equals(b.find(".palette__input").getDomAttribute("aria-activedescendant")));
		browser.keys(Keys.ENTER)
			.until("its list", (b) -> b.path().equals("/extensions?q=778013&pbx=" + this.pbx))
			.sees("Zoraida Cantú");
		browser.control("k").focuses(".palette__input").keys("search pl").sees("Search plant");
		browser.keys(Keys.ESCAPE).until("closed", (b) -> !b.driver().findElement(By.id("palette")).isDisplayed());
	}

	@Test
	void hasAPageOfItsOwn(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/search?q=zaida").sees("All extensions that match").screenshots("search");
		browser.withoutScripts().open("/search?q=rios").sees("778012 Zaida Ríos");
		browser.type("Name or number", "search plant").click("main [type=submit]").sees("search.invalid");
		browser.open("/search?q=no-such-thing").sees("Nothing found");
	}

}
