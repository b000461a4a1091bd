package io.tollgate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinLists;
import io.tollgate.route.Routes;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The howto that blocks premium and offshore numbers, followed in the browser from the
 * empty list of routes to the phone: 911 first, the block with its announcement above
 * everything that would let such numbers out, a PIN for one area code.
 */
@BrowserTest
@ExtendWith(AsteriskLog.class)
class HowtoStoryIT {

	@Autowired
	TestAccounts people;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	PinLists pins;

	@AfterEach
	void clear() {
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
		List.copyOf(this.pins.all().keySet()).forEach(this.pins::delete);
	}

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void premiumAndOffshoreNumbersAreBlockedFromTheBrowserToThePhone(RealAsterisk.Version version, Browser browser) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(3)); var carrier = Carrier.start(pbx)) {
			this.people.signIn(browser, Role.ADMINISTRATOR).expectErrors();
			connects(browser, pbx);
			long office = this.registry.all().getFirst().id();
			emergencyFirst(browser, office);
			everythingElse(browser);
			theBlock(browser, office);
			aPinForNewYork(browser, office);
			browser.open("/review").sees("Premium and offshore").screenshot("howto-review", "light", Browser.DESK);
			browser.press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
			dials(pbx, carrier);
			keysInThePin(pbx, carrier);
			hearsTheAnnouncement(pbx, carrier);
			browser.open("/tester?rules=live&extension=1001&number=12125550100").sees("Allowed with a PIN");
		}
	}

	private static void connects(Browser browser, RealAsterisk pbx) {
		browser.open("/pbxs/new")
			.type("Name", "Portland office")
			.type("Host", "127.0.0.1")
			.type("Port", String.valueOf(pbx.amiPort()))
			.type("Manager account", "tollgate-config")
			.type("Secret", RealAsterisk.SECRET);
		browser.press("Test connection").sees("It works");
		browser.press("Connect and read").sees("Portland office is connected");
	}

	private void emergencyFirst(Browser browser, long office) {
		browser.open("/routes?pbx=" + office).press("Add route");
		browser.type("Route name", "Emergency").choose("Type", "Emergency");
		typeRow(browser, 1, "911");
		browser.choose("Trunk 1", "trunk").press("Save").sees("Emergency is added at the bottom");
	}

	/** What the howto begins with, and what makes a block necessary. */
	private void everythingElse(Browser browser) {
		browser.press("Outbound").sees("What this route matches");
		while (browser.all("#rows [name=match]").size() > 1) {
			int rows = browser.all("#rows [name=match]").size();
			browser.click("#row-" + rows + " button");
			browser.until("a row less", (b) -> b.all("#rows [name=match]").size() < rows);
		}
		typeRow(browser, 1, "1.");
		browser.sees("premium").screenshot("howto-warned", "light", Browser.DESK);
		browser.press("Add pattern");
		typeRow(browser, 2, "NXXNXXXXXX");
		browser.choose("Trunk 1", "trunk").press("Save").sees("Outbound is saved");
	}

	private void theBlock(Browser browser, long office) {
		browser.press("Add route").type("Route name", "Premium and offshore").click("[name=goal][value=block]");
		for (var preset : List.of("Premium rate: 900 and exchange 976", "Abroad inside +1")) {
			int rows = browser.all("#rows [name=match]").size();
			browser.choose("Preset", preset).press("Add preset");
			browser.until("more rows", (b) -> b.all("#rows [name=match]").size() > rows);
		}
		browser.press("Save").sees("Premium and offshore is added at the bottom");
		var last = this.routes.list(office).getLast();
		assertThat(last.route().name()).isEqualTo("Premium and offshore");
		browser.press("Move Premium and offshore up");
		browser.until("above",
				(b) -> this.routes.list(office)
					.stream()
					.map((stored) -> stored.route().name())
					.toList()
					.equals(List.of("Emergency", "Premium and offshore", "Outbound")));
	}

	private void aPinForNewYork(Browser browser, long office) {
		browser.open("/pin-lists").type("New PIN list", "Export desk").press("Create").sees("Add its PINs");
		browser.type("Label", "Ana Ruiz").type("PIN", "802846").press("Add PIN").sees("Ana Ruiz has a PIN");
		browser.open("/routes?pbx=" + office).press("Add route").type("Route name", "New York");
		typeRow(browser, 1, "1212NXXXXXX");
		browser.choose("Trunk 1", "trunk").click("[name=ask][value=PIN]");
		browser.choose("PIN list", "Export desk").press("Save").sees("New York is added at the bottom");
		browser.press("Move New York up");
		browser.until("above", (b) -> this.routes.list(office).get(2).route().name().equals("New York"));
	}

	private static void dials(RealAsterisk pbx, Carrier carrier) {
		var calls = new ArrayList<SipPhones.Call>();
		var passes = List.of("911", "15035550100", "15415550100", "18005550100", "5035550100");
		passes.forEach((number) -> calls.add(new SipPhones.Call("1001", number)));
		for (var spelling : List.of("1%s", "%s", "%%2B1%s", "001%s", "0111%s", "1%s1")) {
			for (var number : List.of("9005551234", "2425550100", "6645550100", "6585550100", "5039765555")) {
				calls.add(new SipPhones.Call("1001", spelling.formatted(number)));
			}
		}
		var statuses = new SipPhones(pbx).callAll(calls);
		for (int i = 0; i < calls.size(); i++) {
			assertThat(statuses.get(i)).as(calls.get(i).number()).isEqualTo((i < passes.size()) ? 200 : 403);
		}
		assertThat(carrier.numbers()).containsExactlyInAnyOrderElementsOf(passes);
	}

	private static void keysInThePin(RealAsterisk pbx, Carrier carrier) {
		var newYork = "12125550100";
		new SipPhones(pbx).callWithPins(Map.of(new SipPhones.Call("1002", newYork), "111111"));
		assertThat(carrier.numbers()).isEmpty();
		new SipPhones(pbx).callWithPins(Map.of(new SipPhones.Call("1003", newYork), "802846"));
		assertThat(carrier.numbers()).containsExactly(newYork);
		assertThat(pbx.recordsCall("1003," + newYork + ",ANSWERED,Ana Ruiz")).as(pbx.callRecords()).isTrue();
	}

	/**
	 * The blocked callers heard it without an answer; {@code *999} plays it for a test.
	 */
	private static void hearsTheAnnouncement(RealAsterisk pbx, Carrier carrier) {
		assertThat(pbx.logTail(100_000)).contains("Playing 'sorry.gsm'");
		assertThat(new SipPhones(pbx).call("1001", "%2A999")).isGreaterThanOrEqualTo(400);
		assertThat(carrier.numbers()).isEmpty();
	}

	private static void typeRow(Browser browser, int row, String match) {
		browser.until("row " + row, (b) -> {
			var field = b.all("#row-" + row + " [name=match]").getFirst();
			field.clear();
			field.sendKeys(match);
			return true;
		});
	}

}
