package io.tollgate.policy;

import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with the country codes and with the settings. */
@BrowserTest
class PolicyJourneyIT {

	@Autowired
	Policies policies;

	@Autowired
	WorkingWeek week;

	@Autowired
	TestAccounts people;

	private long id;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("Mexico plants", "MX", null)).rules().id();
	}

	@AfterEach
	void clear() {
		this.policies.delete(this.id);
	}

	private Set<String> allowed() {
		return this.policies.rules(this.id).allowedCodes();
	}

	@Test
	void opensCountries(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/security/country-codes?policy=" + this.id).sees("Afghanistan");
		browser.click("#protection");
		browser.until("protected", (b) -> this.policies.rules(this.id).protectionEnabled());

		browser.keys("/").keys("reunion").until("found without accents", (b) -> b.all("[data-switch]").size() == 1);
		browser.type("Search country, region or code", "argentina")
			.until("one row", (b) -> b.all("#s54").size() == 1 && b.all("[data-switch]").size() == 1);
		browser.until("an address to keep", (b) -> b.path().contains("q=argentina"));
		browser.click("#s54");
		browser.until("allowed", (b) -> allowed().equals(Set.of("54")));
		browser.until("counted", (b) -> b.find("#chip-allowed .chip__n").getText().equals("1"));

		browser.open("/security/country-codes?policy=" + this.id + "&region=europe").sees("Albania");
		browser.click("[data-select-all]");
		browser.press("Allow").until("all of Europe", (b) -> allowed().size() > 40);
		browser.click("[data-select-all]");
		browser.press("Block").until("closed again", (b) -> allowed().equals(Set.of("54")));

		this.policies.allow(this.id, Set.of("1", "49"));
		browser.open("/security/country-codes?policy=" + this.id).sees("Open 3").screenshots("country-codes");
		browser.open("/security/country-codes?policy=" + this.id + "&view=map").sees("Open now");
		browser.driver()
			.executeScript("document.getElementById('AR').dispatchEvent(new MouseEvent('click', {bubbles: true}))");
		browser.until("closed on the map", (b) -> allowed().equals(Set.of("1", "49")));
		browser.sees("Argentina (+54) blocked");
		browser.open("/security/country-codes?policy=" + this.id + "&view=map").screenshots("country-codes-map");
	}

	/** The second click comes before the answer to the first. */
	@Test
	void aDoubleClickAsksOnce(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/security/country-codes?policy=" + this.id).sees("Afghanistan");
		browser.driver().executeScript("""
				window.asked = 0;
				document.addEventListener('htmx:beforeRequest', () => window.asked++);
				document.getElementById('s54').click();
				document.getElementById('s54').click();
				""");
		browser.until("allowed", (b) -> allowed().equals(Set.of("54")) && b.find("#s54").isSelected());
		assertThat(browser.driver().executeScript("return window.asked")).isEqualTo(1L);
	}

	@Test
	void settlesAPolicy(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.expectErrors();
		browser.open("/security/settings?policy=" + this.id).sees("Emergency numbers");
		browser.type("Numbers", "911 nine").click("form:has(#numbers) button");
		browser.sees("“nine” is not an emergency number")
			.sees("Export this policy")
			.screenshots("policy-settings-error");
		browser.open("/policies/new").sees("Start from a copy of").screenshots("policy-new");

		var before = this.week.hours();
		try {
			browser.open("/settings").sees("Business hours");
			browser.type("Monday, closes at", "late").press("Save").sees("Type when Monday closes");
			browser.screenshots("business-hours-error");
			browser.type("Monday, closes at", "24:00").press("Save").sees("Business hours are saved");
			assertThat(this.week.hours()).isNotEqualTo(before);
		}
		finally {
			this.week.restore(before);
		}
	}

}
