package io.tollgate.pin;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with PIN lists. */
@BrowserTest
class PinJourneyIT {

	@Autowired
	PinLists lists;

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
		browser.type("Label", "Ben").type("PIN", "1234").press("Add PIN").sees("That is the PIN of Ana Ruiz already");
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
		browser.screenshots("pin-list").press("Remove Leo").sees("The PIN of Leo is removed");
		browser.type("Name", "Exports").press("Rename").sees("The list is called Exports now");
		browser.open("/pin-lists").sees("Exports").screenshots("pin-lists");
		browser.press("Exports").press("Delete this list").press("Delete Exports").sees("Exports is deleted");
		assertThat(this.lists.all()).isEmpty();
	}

	@Test
	void worksWithoutJavaScript(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.withoutScripts();
		browser.open("/pin-lists").type("New PIN list", "Night guard").press("Create").sees("Night guard is created");
		browser.type("Label", "Ana").press("Make one up").sees("The PIN of Ana is");
		browser.press("Add many at once");
		browser.driver().findElement(By.id("text")).sendKeys("Eva,555017\nLeo,12");
		browser.press("Add all").sees("Nothing is saved").sees("Line 2: Type 3 to 15 digits.");
		assertThat(browser.driver().findElement(By.id("text")).getDomProperty("value")).isEmpty();
		assertThat(labels()).containsExactly("Ana");
	}

}
