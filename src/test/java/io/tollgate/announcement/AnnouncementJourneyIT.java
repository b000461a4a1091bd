package io.tollgate.announcement;

import java.util.List;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.Block;
import io.tollgate.route.Routes;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with announcements. */
@BrowserTest
class AnnouncementJourneyIT {

	private static final String PATH = "/announcements";

	@Autowired
	Announcements announcements;

	@Autowired
	Routes routes;

	@Autowired
	PbxRegistry registry;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private long pbx;

	@BeforeEach
	void office() {
		this.pbx = this.registry
			.add(new NewPbx(new PbxConnection("Portland office", "127.0.0.1", 25_052, false, null, "tollgate"), false,
					1), "secret")
			.id();
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.pbx);
		this.jdbc.update("delete from announcement where announcement_key <> 'unavail'");
	}

	private String key(String name) {
		return this.announcements.all()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().name().equals(name))
			.findFirst()
			.orElseThrow()
			.getKey();
	}

	/** The console notes the 422 of the refused announcement. */
	@Test
	void addsOneAndHasARoutePlayIt(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open(PATH).sees("the-number-u-dialed").sees("*999 plays Number unavailable").sees("No route");
		browser.press("Add announcement").type("Name", "number unavailable").type("Sounds", "sorry, custom/closed.wav");
		browser.type("Code to hear it", "*999").press("Save").sees("The announcement is not saved");
		browser.sees("custom/closed.wav is no name of a sound").sees("*999 is the code of Number unavailable");
		browser.screenshots("announcement-refused");
		browser.type("Name", "We are closed").type("Sounds", "sorry, custom/closed").type("Code to hear it", "*998");
		browser.press("Save").sees("We are closed is added. PBXs know it after the next apply.");
		assertThat(this.announcements.all().get(key("We are closed")))
			.isEqualTo(new Announcement("We are closed", List.of("sorry", "custom/closed"), false, "*998"));

		browser.open("/routes/new?pbx=" + this.pbx).type("Route name", "Premium");
		browser.click("#row-1 [name=match]").keys("1900!").click("[name=goal][value=block]");
		assertThat(browser.field("What the caller hears first").getDomProperty("value")).isEqualTo("unavail");
		browser.choose("What the caller hears first", "We are closed").screenshots("route-edit-blocks");
		browser.press("Save").sees("Plays We are closed, then hangs up");
		assertThat(this.routes.list(this.pbx).getFirst().route().block())
			.isEqualTo(new Block(21, key("We are closed")));
		browser.open(PATH).sees("Premium at Portland office").screenshots("announcements");
		browser.press("We are closed").sees("Routes play it.").screenshots("announcement");
	}

	@Test
	void deletesOneThatNoRoutePlays(Browser browser) {
		this.announcements.add(new Announcement("We are closed", List.of("custom/closed"), true, ""));
		this.people.signIn(browser, Role.OPERATOR);
		browser.open(PATH).sees("Answers the call").press("We are closed").press("Delete this announcement");
		browser.press("Delete We are closed").sees("We are closed is deleted.");
		assertThat(this.announcements.all()).containsOnlyKeys("unavail");
		browser.press("Number unavailable").press("Save").sees("Number unavailable is as it was.");
	}

	@Test
	void whoOnlyViewsChangesNothing(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open(PATH).sees("Number unavailable");
		assertThat(browser.all("a[href='/announcements/new']")).isEmpty();
		browser.press("Number unavailable").sees("Code to hear it");
		assertThat(browser.all(".form-bar, #delete")).isEmpty();
	}

	@Test
	void aRouteKeepsItsAnnouncement() {
		var operator = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		operator.post("/routes?pbx=" + this.pbx, Map.of("act", "save", "name", "Premium", "type", "NORMAL", "goal",
				"block", "cause", "21", "announcement", "unavail", "match", "1900!"));
		assertThat(this.announcements.uses()).containsOnlyKeys("unavail");
		operator.post(PATH + "/unavail/delete", Map.of());
		assertThat(operator.get(PATH + "/unavail").body())
			.contains("Number unavailable is not deleted: route Premium at Portland office plays it.");
		assertThat(operator.get(PATH + "/nosuch").statusCode()).isEqualTo(404);
		assertThat(operator.post(PATH + "/nosuch", Map.of("name", "x", "sounds", "y")).statusCode()).isEqualTo(404);
		var gone = operator.post("/routes?pbx=" + this.pbx, Map.of("act", "save", "name", "Gone", "type", "NORMAL",
				"goal", "block", "cause", "21", "announcement", "k3f9", "match", "1900!"));
		assertThat(gone.statusCode()).isEqualTo(422);
		assertThat(gone.body()).contains("That announcement is gone. Choose another one.");
	}

}
