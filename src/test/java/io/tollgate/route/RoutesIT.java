package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.tollgate.account.Role;
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
import org.openqa.selenium.interactions.Actions;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes of the howto that blocks premium and offshore numbers, made in a browser.
 */
@BrowserTest
class RoutesIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	TestAccounts people;

	private long office;

	@BeforeEach
	void fleet() {
		this.office = this.registry
			.add(new NewPbx(new PbxConnection("Portland office", "127.0.0.1", 25_048, false, null, "tollgate"), false,
					1), "secret")
			.id();
		this.trunks.discovered(this.office, Set.of("lumen", "telnyx"));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.office);
	}

	private List<String> names() {
		return this.routes.list(this.office).stream().map((stored) -> stored.route().name()).toList();
	}

	private String list() {
		return "/routes?pbx=" + this.office;
	}

	/** The console notes the 422 of the refused route. */
	@Test
	void theHowToIsFollowedInTheBrowser(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open(list()).sees("No route yet").sees("Emergency numbers").screenshots("routes-none");
		browser.press("Add route").sees("It begins at the bottom");
		browser.type("Route name", "Emergency").choose("Type", "Emergency");
		typeRow(browser, 1, "911");
		browser.choose("Trunk 1", "lumen").press("Save").sees("Emergency is added at the bottom");

		browser.press("Add route").type("Route name", "Oregon");
		typeRow(browser, 1, "1503NXXXXXX");
		browser.press("Add pattern");
		typeRow(browser, 2, "1.");
		browser.sees("Row 2");
		browser.choose("Trunk 1", "lumen").choose("Trunk 2", "telnyx").screenshots("route-edit-warned");
		browser.click("#row-2 button");
		browser.press("Save").sees("Oregon is added at the bottom");

		browser.press("Add route").type("Route name", "Oregon");
		typeRow(browser, 1, "1900!");
		browser.press("Add pattern");
		typeRow(browser, 2, "12[4-");
		browser.click("[name=goal][value=block]");
		browser.press("Save").sees("The route is not saved").sees("Another route of this PBX is called Oregon");
		assertThat(browser.find("#row-2 [name=match]").getDomProperty("value")).isEqualTo("12[4-");
		browser.screenshots("route-edit-refused");
		browser.type("Route name", "Premium and offshore");
		typeRow(browser, 2, "1242!");
		browser.press("Save").sees("Premium and offshore is added at the bottom").screenshots("routes");
		assertThat(names()).containsExactly("Emergency", "Oregon", "Premium and offshore");
		assertThat(this.routes.list(this.office).getLast().route().block()).isEqualTo(new Block(21, "unavail"));
		ordersByKeyboard(browser);
		traces(browser);
	}

	private static void typeRow(Browser browser, int row, String match) {
		browser.until("row " + row, (b) -> {
			var field = b.all("#row-" + row + " [name=match]").getFirst();
			field.clear();
			field.sendKeys(match);
			return true;
		});
	}

	@Test
	void whatIsOfferedIsOneClickAway(Browser browser) {
		this.routes.add(this.office,
				OutboundRoute.blocking("Premium", Block.rejected(), List.of("1900NXXXXXX", "1242NXXXXXX")));
		var route = "/routes/" + this.routes.list(this.office).getFirst().id() + "?pbx=" + this.office;
		this.people.signIn(browser, Role.OPERATOR);
		browser.open(list()).sees("One more digit gets past 1900NXXXXXX").screenshots("routes-offer");
		browser.press("Use 1900!").until("saved", (b) -> rules().contains("1900!"));
		browser.open(route)
			.screenshots("route-edit-offer")
			.press("Use 1242!")
			.sees("Nothing to note about these patterns.");
		assertThat(browser.find("#row-2 [name=match]").getDomProperty("value")).isEqualTo("1242!");
		assertThat(rules()).containsExactly("1900!", "1242NXXXXXX");
		browser.withoutScripts().open(route);
		browser.click("button[name=use]")
			.until("the pattern in its row",
					(b) -> "1242!".equals(b.all("#row-2 [name=match]").getFirst().getDomAttribute("value")))
			.click(".form-bar button[value=save]")
			.until("saved", (b) -> rules().equals(List.of("1900!", "1242!")));
	}

	private List<String> rules() {
		return this.routes.list(this.office).getFirst().route().rules().stream().map(DialRule::match).toList();
	}

	/** The console notes the 409. */
	@Test
	void theSecondOfTwoPeopleIsTold(Browser browser) {
		this.routes.add(this.office, OutboundRoute.through("Oregon", List.of("lumen"), List.of("1503NXXXXXX")));
		var route = this.routes.list(this.office).getFirst();
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/routes/" + route.id() + "?pbx=" + this.office).type("Route name", "Mine");
		this.routes.save(this.office, route.id(),
				OutboundRoute.through("Theirs", List.of("telnyx"), List.of("1541NXXXXXX")));
		browser.press("Save").sees("Somebody else saved this route meanwhile").sees("Theirs; 1541NXXXXXX; telnyx");
		assertThat(browser.value("Route name")).isEqualTo("Mine");
		browser.screenshots("route-edit-conflict");
		browser.press("Save").sees("Mine is saved.");
		assertThat(names()).containsExactly("Mine");
	}

	private void ordersByKeyboard(Browser browser) {
		long last = this.routes.list(this.office).getLast().id();
		((org.openqa.selenium.JavascriptExecutor) browser.driver())
			.executeScript("document.getElementById('grip-" + last + "').focus()");
		browser.keys(" ").keys(Keys.ARROW_UP).keys(Keys.ARROW_UP).keys(" ");
		browser.until("the new order", (b) -> names().equals(List.of("Emergency", "Premium and offshore", "Oregon")));
		browser.focuses("#grip-" + last);
		assertThat(browser.find("#flow-live").getDomProperty("textContent"))
			.isEqualTo("Premium and offshore is now route 2 of 3.");
		browser.press("Move Premium and offshore down");
		browser.until("back", (b) -> names().equals(List.of("Emergency", "Oregon", "Premium and offshore")));
		browser.focuses("#down-" + last);
		drags(browser, last);
	}

	private void drags(Browser browser, long id) {
		var first = this.routes.list(this.office).get(1).id();
		new Actions(browser.driver()).clickAndHold(browser.find("#grip-" + id))
			.moveToElement(browser.find("#grip-" + first), 0, -8)
			.release()
			.perform();
		browser.until("the new order", (b) -> names().equals(List.of("Emergency", "Premium and offshore", "Oregon")));
	}

	private void traces(Browser browser) {
		browser.type("Trace a number", "19005551234").sees("catches it (1900!) and blocks it");
		assertThat(browser.path()).contains("number=19005551234");
		browser.screenshots("routes-traced");
		browser.type("Trace a number", "15035550100")
			.sees("Oregon\u201d catches it (1503NXXXXXX): sent to lumen, telnyx");
		browser.click("[id^=on-]:not(:disabled)");
		browser.sees("Switched off").sees("catches it (1503NXXXXXX)");
		browser.type("Trace a number", "911").sees("911 is an emergency number");
		browser.type("Trace a number", "13125550177").sees("No route matches 13125550177");
	}

	@Test
	void aThousandPatternsAreStillAPage(Browser browser) {
		var many = IntStream.range(0, 999).mapToObj((i) -> "1%03dNXXXXXX".formatted(i)).toList();
		this.routes.add(this.office, OutboundRoute.through("Many", List.of("lumen"), many));
		long id = this.routes.list(this.office).getFirst().id();
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/routes/" + id + "?pbx=" + this.office).sees("Route 1 of 1");
		browser.press("Add pattern");
		typeRow(browser, 1000, "1998NXXXXXX");
		browser.sees("stands there twice");
		browser.click("#row-1000 button");
		browser.click("#row-1 button");
		browser.press("Save").sees("Many is saved");
		assertThat(this.routes.list(this.office).getFirst().route().rules()).hasSize(998);
	}

	@Test
	void importsAFileAfterALookAtIt(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/routes/new?pbx=" + this.office).type("Route name", "From a file");
		browser.press("Import and export").type("Patterns as CSV", "1,9,NXXNXXXXXX\n,,1503nxxxxxx\nfoo,bar");
		browser.press("Preview").sees("2 patterns found, 1 line is none.").sees("which is which cannot be known");
		browser.screenshots("route-import").press("Take over 2 patterns");
		browser.until("two rows", (b) -> b.all("#rows [name=match]").size() == 2);
		assertThat(browser.value("Route name")).isEqualTo("From a file");
		browser.choose("Preset", "Oregon").press("Add preset");
		browser.until("the preset", (b) -> b.all("#rows [name=match]").size() == 10);
		browser.click("[name=goal][value=block]");
		browser.press("Save").sees("stands there twice");
		browser.click("#row-2 button");
		browser.press("Save").sees("From a file is added at the bottom");
		assertThat(this.routes.list(this.office).getFirst().route().rules()).hasSize(9)
			.contains(new DialRule("1", "9", "NXXNXXXXXX", ""), DialRule.of("1971NXXXXXX"));
		browser.open("/trunks").sees("lumen").sees("None").screenshots("trunks");
	}

	@Test
	void worksWithoutJavaScript(Browser browser) {
		this.routes.add(this.office, OutboundRoute.through("First", List.of("lumen"), List.of("NXXXXXX")));
		this.routes.add(this.office, OutboundRoute.through("Second", List.of("lumen"), List.of("1NXXNXXXXXX")));
		this.people.signIn(browser, Role.OPERATOR);
		browser.withoutScripts();
		browser.open(list()).press("Move Second up").sees("Second is now route 1 of 2.");
		assertThat(names()).containsExactly("Second", "First");
		browser.press("Add route").type("Route name", "Third");
		browser.driver().findElement(By.name("match")).sendKeys("011ZXXXX!");
		browser.press("Add pattern");
		browser.until("two rows", (b) -> b.all("[name=match]").size() == 2);
		assertThat(browser.value("Route name")).isEqualTo("Third");
		assertThat(browser.all("[name=match]").getFirst().getDomProperty("value")).isEqualTo("011ZXXXX!");
		browser.choose("Trunk 1", "telnyx").press("Save").sees("Third is added at the bottom");
		browser.press("Third").press("Delete this route").press("Delete Third").sees("Third is deleted");
		assertThat(names()).containsExactly("Second", "First");
	}

	@Test
	void isOnlyToBeSeenByAViewer(Browser browser) {
		this.routes.add(this.office, OutboundRoute.through("First", List.of("lumen"), List.of("NXXXXXX")));
		this.people.signIn(browser, Role.VIEWER);
		browser.open(list()).sees("First");
		assertThat(new ArrayList<>(browser.all("#main button"))).isEmpty();
		browser.press("First").sees("What this route matches");
		assertThat(browser.find("#name").isEnabled()).isFalse();
		assertThat(browser.text()).doesNotContain("Save").doesNotContain("Delete");
		browser.assertAccessible();
	}

}
