package io.tollgate.pin;

import java.util.List;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with PIN lists. */
@BrowserTest
class PinJourneyIT {

	@Autowired
	PinLists lists;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	PbxRegistry registry;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pin_list");
	}

	private List<String> labels() {
		return this.lists.all().values().stream().flatMap((list) -> list.labels().values().stream()).sorted().toList();
	}

	@Test
	void handsOutPins(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/").press("PIN List").sees("No PIN list yet").screenshots("pin-lists-empty");
		browser.type("New PIN list", "Export desk").press("Create").sees("Export desk is created. Add its PINs.");
		browser.sees("No PIN in this list").screenshots("pin-list-empty");

		browser.type("Label", "Ana Ruiz").type("PIN", "1234").press("Add PIN").sees("digits in a row");
		browser.type("Label", "Ben")
			.type("PIN", "1234")
			.press("Add PIN")
			.sees("Somebody in this list has that PIN already");
		assertThat(browser.value("PIN")).isEmpty();
		assertThat(browser.value("Label")).isEqualTo("Ben");
		browser.screenshot("pin-list-refused", "light", Browser.DESK);
		browser.press("Make one up").sees("The PIN of Ben is");
		var pin = browser.find("#issued-pin").getText();
		assertThat(pin).matches("[0-9]{6}");
		browser.screenshots("pin-list-issued");
		browser.open(browser.path().replace("/made-up", ""));
		assertThat(browser.text()).contains("Ben").doesNotContain(pin);

		var text = "Eva,555017\nLeo,12\nMia";
		browser.press("Add many at once").type("One a line: label, comma, PIN", text).press("Add all");
		browser.sees("Line 2: Type 3 to 15 digits.").sees("Line 3: Write a label");
		assertThat(browser.value("One a line: label, comma, PIN")).as("stays in the browser").isEqualTo(text);
		browser.screenshots("pin-list-many-wrong");
		browser.type("One a line: label, comma, PIN", "Eva,555017\nLeo,730914").press("Add all");
		browser.sees("2 PINs are added");
		assertThat(labels()).containsExactly("Ana Ruiz", "Ben", "Eva", "Leo");

		browser.click("summary[aria-label='Remove Leo']");
		browser.screenshots("pin-list").press("Remove the PIN of Leo").sees("The PIN of Leo is removed");
		browser.type("Name", "Exports").press("Rename").sees("The list is called Exports now");
		browser.open("/pin-lists").sees("Exports").screenshots("pin-lists");
		browser.press("Exports").press("Delete this list").press("Delete Exports").sees("Exports is deleted");
		assertThat(this.lists.all()).isEmpty();
	}

	@Test
	void hasARouteAskForThem(Browser browser) {
		var key = ((PinChange.Changed) this.lists.create("Export desk")).key();
		this.lists.add(key, List.of(new NewPin("Ana Ruiz", "802846")));
		long office = this.registry
			.add(new NewPbx(new PbxConnection("Portland office", "127.0.0.1", 25_049, false, null, "tollgate"), false,
					1), "secret")
			.id();
		try {
			this.trunks.discovered(office, Set.of("lumen"));
			var abroad = OutboundRoute.through("Abroad", List.of("lumen"), List.of("011ZXXXX!"));
			this.routes.add(office, abroad);
			this.people.signIn(browser, Role.OPERATOR).expectErrors();
			asksForAPin(browser, office, key);
			asksForAPassword(browser, office);
		}
		finally {
			this.registry.remove(office);
		}
	}

	private OutboundRoute route(long office) {
		return this.routes.list(office).getFirst().route();
	}

	private void asksForAPin(Browser browser, long office, String key) {
		browser.open("/routes?pbx=" + office).press("Abroad");
		browser.until("no list to choose",
				(b) -> b.all("#pins").stream().noneMatch(WebElement::isDisplayed) && !b.all("#pins").isEmpty());
		browser.click("[name=ask][value=PIN]").press("Save").sees("Choose a PIN list that is there.");
		browser.choose("PIN list", "Export desk").screenshots("route-asks");
		browser.press("Save").sees("Abroad is saved").sees("Asks for a PIN of Export desk");
		assertThat(route(office).pins()).isEqualTo(key);
		browser.screenshots("routes-asking");
		browser.open("/pbxs/" + office).sees("Asks for a PIN").screenshot("pbx-asking", "light", Browser.DESK);
		browser.open("/review").sees("Outbound route Abroad asks for a PIN of list Export desk");
		browser.screenshot("review-pins", "light", Browser.DESK);
		browser.open("/pin-lists").sees("Abroad on Portland office").screenshots("pin-lists-used");
		browser.press("Export desk").press("Delete this list").sees("Routes ask for this list");
		assertThat(browser.find(".btn--danger[aria-describedby=delete-text]").isEnabled()).isFalse();
	}

	private void asksForAPassword(Browser browser, long office) {
		browser.open("/routes?pbx=" + office).press("Abroad").click("[name=ask][value=PASSWORD]");
		browser.type("Password", "12").press("Save").sees("Type 3 to 15 digits.");
		assertThat(browser.value("Password")).isEmpty();
		browser.type("Password", "739150").press("Add preset").sees("Type the password again");
		assertThat(browser.driver().getPageSource()).doesNotContain("739150");
		browser.click("#row-2 button");
		browser.type("Password", "739150").screenshot("route-password", "light", Browser.DESK);
		browser.press("Save").sees("Abroad is saved").sees("Asks for a password");
		var pins = route(office).pins();
		assertThat(this.lists.opens(pins, "739150")).isTrue();
		browser.press("Abroad").sees("Leave this empty to keep it");
		assertThat(browser.driver().getPageSource()).doesNotContain("739150");
		browser.press("Save").sees("Abroad is as it was");
		browser.open("/pbxs/" + office).sees("Asks for a password");
		browser.open("/review").sees("Outbound route Abroad asks for a password");
		browser.open("/audit").sees("Outbound route changed");
		assertThat(browser.driver().getPageSource()).doesNotContain("739150", "802846");
		assertThat(route(office).pins()).isEqualTo(pins);
	}

	@Test
	void worksWithoutJavaScript(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.withoutScripts();
		browser.open("/pin-lists").type("New PIN list", "Night guard").press("Create").sees("Night guard is created");
		browser.type("Label", "Ana").press("Make one up").sees("The PIN of Ana is");
		browser.press("Add many at once");
		browser.find("#text").sendKeys("Eva,555017\nLeo,12");
		browser.press("Add all").sees("Nothing is saved").sees("Line 2: Type 3 to 15 digits.");
		assertThat(browser.find("#text").getDomProperty("value")).isEmpty();
		assertThat(labels()).containsExactly("Ana");
	}

}
