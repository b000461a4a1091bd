package io.tollgate.route;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.Trunk.Reading;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with trunks. */
@BrowserTest
class TrunkJourneyIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Trunks trunks;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private long office;

	@BeforeEach
	void fleet() {
		this.office = this.registry
			.add(new NewPbx(new PbxConnection("Portland office", "127.0.0.1", 25_053, false, null, "tollgate"), false,
					1), "secret")
			.id();
		this.trunks.discovered(this.office, Set.of("lumen", "telnyx.us"));
		this.routes.add(this.office, OutboundRoute.through("Long distance", List.of("lumen"), List.of("1NXXNXXXXXX")));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.office);
	}

	@Test
	void saysHowACarrierReadsNumbers(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/trunks").sees("On the PBX").press("telnyx.us").sees("No route uses it.");
		browser.click("[name=reading][value=E164]").type("Access code", "9*").screenshots("trunk");
		browser.press("Save").sees("telnyx.us is saved.").sees("Access code 9*");
		assertThat(this.trunks.present(this.office).get("telnyx.us")).isEqualTo(new Trunk("", Reading.E164, "9*"));
		browser.press("lumen").sees("Long distance").press("Save").sees("lumen is as it was.");
	}

	/** The console notes the 422 of the refused trunk. */
	@Test
	void addsOneByHandThatARouteUses(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/trunks")
			.press("Add trunk")
			.type("Name", "lumen")
			.type("Dial string", "Local/$OUTNUM$@from-pstn");
		browser.type("Access code", "nine").press("Save").sees("The trunk is not saved");
		browser.sees("This PBX has a trunk lumen already.").sees("past everything that Tollgate judges");
		browser.screenshots("trunk-refused");
		browser.type("Name", "isdn").type("Dial string", "DAHDI/g1/$OUTNUM$").type("Access code", "").press("Save");
		browser.sees("isdn is added. Outbound routes can use it.").sees("Added by hand").screenshots("trunks");

		browser.open("/routes/" + this.routes.list(this.office).getFirst().id() + "?pbx=" + this.office);
		browser.choose("Trunk 2", "isdn").press("Save").sees("Then isdn");
		browser.open("/trunks")
			.press("isdn")
			.sees("Routes use it. Take it out of them first.")
			.screenshots("trunk-used");
		this.routes.delete(this.office, this.routes.list(this.office).getFirst().id());
		browser.open("/trunks").press("isdn").press("Remove this trunk").press("Remove isdn").sees("isdn is removed.");
		assertThat(this.trunks.all(this.office)).containsOnlyKeys("lumen", "telnyx.us");
	}

	@Test
	void whoOnlyViewsChangesNothing(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/trunks").sees("lumen");
		assertThat(browser.all("a[href^='/trunks/new']")).isEmpty();
		browser.press("lumen").sees("Carrier reads numbers");
		assertThat(browser.all(".form-bar, #remove")).isEmpty();
	}

	@Test
	void keepsWhatRoutesUseAndWhatThePbxHas() {
		var operator = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		var trunk = "/trunks/" + this.office;
		this.trunks.add(this.office, "isdn", new Trunk("DAHDI/g1/$OUTNUM$", Reading.AS_DIALLED, ""));
		this.routes.add(this.office, OutboundRoute.through("Local", List.of("isdn"), List.of("NXXXXXX")));
		operator.post(trunk + "/isdn/remove", Map.of());
		assertThat(operator.get(trunk + "/isdn").body()).contains("isdn is not removed: route Local uses it.");
		assertThat(operator.post(trunk + "/lumen/remove", Map.of()).statusCode()).isEqualTo(404);
		assertThat(operator.get(trunk + "/gone").statusCode()).isEqualTo(404);
		assertThat(operator.get("/trunks/999999/lumen").statusCode()).isEqualTo(404);
		assertThat(operator.post("/trunks", Map.of("pbx", "999999", "name", "x")).statusCode()).isEqualTo(404);
	}

}
