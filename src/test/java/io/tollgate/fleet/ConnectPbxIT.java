package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.ManagerRight;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** From an empty fleet to a PBX with a route, in a browser, against a simulated PBX. */
@BrowserTest
class ConnectPbxIT {

	private static final String SECRET = "marker-secret-51";

	@Autowired
	TestAccounts accounts;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@AfterEach
	void leaveNothingBehind() {
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
	}

	private static SimulatedPbx start(int phones) {
		return SimulatedPbx.start(spec(phones));
	}

	private static SimulatedPbxSpec spec(int phones) {
		var endpoints = new ArrayList<SimulatedPbxSpec.Endpoint>();
		for (int i = 0; i < phones; i++) {
			endpoints.add(new SimulatedPbxSpec.Endpoint(String.valueOf(1001 + i), "Phone <b>" + i + "</b>"));
		}
		return SimulatedPbxSpec.named("Monterrey", "tollgate", SECRET)
			.withEndpoints(endpoints)
			.withTrunks(List.of("carrier", "backup"));
	}

	private static Browser fill(Browser browser, String name, int port) {
		return browser.type("Name", name)
			.type("Host", "127.0.0.1")
			.type("Port", String.valueOf(port))
			.type("Manager account", "tollgate")
			.type("Secret", SECRET);
	}

	@Test
	void connectsReadsAndRoutes(Browser browser) {
		this.accounts.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/pbxs").sees("No PBX connected yet").screenshots("fleet-empty");
		browser.press("Connect a PBX").sees("On the PBX, once").screenshots("connect-pbx");
		try (var pbx = start(240)) {
			fill(browser, "Monterrey plant", pbx.port()).press("Test connection").sees("Something is missing");
			assertThat(browser.text()).contains("Asterisk 22.10.1, 242 endpoints")
				.contains("extensions.conf does not include tollgate_guard.conf");
			assertThat(browser.value("Secret")).as("typed once").isEqualTo(SECRET);
			assertThat(browser.driver().getPageSource()).doesNotContain(SECRET);
			browser.assertAccessible().assertNoSidewaysScroll();

			pbx.write("extensions.conf",
					SimulatedPbxSpec.UNGUARDED_DIALPLAN.replace("[globals]\n", "[globals]\n" + GuardText.includeLines())
						.replace("exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,120)\nsame => n,Hangup()\n[from-trunk]",
								GuardText.contextLine() + "[from-trunk]"));
			browser.press("Test connection").sees("It works, with something to know");
			browser.press("Connect and read")
				.sees("Monterrey plant is connected: 240 extensions, 2 trunks found. Choose the trunk that calls leave by.")
				.sees("No trunk")
				.sees("Never applied");
			choosesARoute(browser);
			readsAgain(browser, pbx);
		}
		browser.press("Read from PBX").sees("Tollgate cannot reach this PBX");
		browser.screenshots("pbx-unreachable");
		browser.open("/pbxs").sees("Monterrey plant").sees("Unreachable").screenshots("fleet");
		browser.type("Search PBX, host or policy", "nowhere").sees("No PBX matches");
		browser.type("Search PBX, host or policy", "MONTERREY").sees("127.0.0.1");
		browser.open("/pbxs?status=in-sync").sees("No PBX matches").press("Clear search and filters");
		removes(browser);
	}

	private void choosesARoute(Browser browser) {
		browser.press("Show the texts to copy").sees("There is no text yet");
		browser.press("Outbound").sees("What this route matches").choose("Trunk 1", "carrier");
		browser.press("Save").sees("Outbound is saved. It reaches the PBX with the next apply.");
		var id = this.registry.all().getFirst().id();
		assertThat(this.routes.first(id))
			.isEqualTo(new FirstRoute("carrier", List.of("NXXNXXXXXX", "1NXXNXXXXXX", "011ZXXXX!")));
		browser.open("/pbxs/" + id).sees("Open the outbound routes").screenshots("pbx");
		browser.press("Show the texts to copy").sees("Route and emergency numbers, for tollgate_slot_a.conf");
		assertThat(browser.find("#text-slot").getText()).contains("Dial(PJSIP/911@carrier");
		browser.screenshots("pbx-texts");
	}

	private void readsAgain(Browser browser, SimulatedPbx pbx) {
		browser.press("Test connection").sees("It works, with something to know");
		browser.press("Read from PBX").sees("Monterrey plant is as it was: 240 extensions, 2 trunks.");
		pbx.endpoints(List.of(new SimulatedPbxSpec.Endpoint("1001", "One"), new SimulatedPbxSpec.Endpoint("9001", "")));
		browser.press("Read from PBX").sees("1 new extension, 239 extensions gone");
	}

	private void removes(Browser browser) {
		browser.press("Monterrey plant").press("Remove it").type("Type Monterrey plant to confirm", "Monterrey");
		browser.press("Remove PBX").sees("Type the name of the PBX exactly");
		browser.type("Type Monterrey plant to confirm", "Monterrey plant").press("Remove PBX");
		browser.sees("Monterrey plant is removed.").sees("No PBX connected yet");
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void saysExactlyWhatFailsAndLosesNothing(Browser browser) {
		this.accounts.signIn(browser, Role.ADMINISTRATOR);
		try (var pbx = SimulatedPbx.start(spec(2).withRights(EnumSet.of(ManagerRight.USER, ManagerRight.REPORTING)))) {
			browser.open("/pbxs/new").press("Test connection");
			browser.sees("Enter the name or address of the PBX.").sees("Enter the secret of the manager account.");
			fill(browser, "Saltillo plant", 70_000).press("Connect and read").sees("Enter a port from 1 to 65535");
			assertThat(browser.value("Name")).isEqualTo("Saltillo plant");
			browser.type("Port", String.valueOf(pbx.port())).type("Secret", "wrong").press("Connect and read");
			browser.sees("The PBX refuses the account tollgate");
			browser.type("Secret", SECRET).press("Connect and read").sees("The account lacks the write class system");
			browser.type("Host", "no-such-host.invalid").press("Test connection").sees("cannot be resolved");
			browser.type("Host", "169.254.169.254").press("Test connection").sees("link-local");
			browser.screenshots("connect-pbx-failed");
			assertThat(this.registry.all()).isEmpty();
		}
	}

	@Test
	void changesTheConnectionOnlyWithTheSecret(Browser browser) {
		this.accounts.signIn(browser, Role.ADMINISTRATOR);
		try (var first = start(1); var second = start(3)) {
			fill(browser.open("/pbxs/new"), "León depot", first.port()).press("Connect and read")
				.sees("León depot is connected: 1 extension, 2 trunks found.");
			browser.press("Change name or connection");
			browser.type("Port", String.valueOf(second.port())).press("Save connection");
			browser.sees("the stored secret is never sent there");
			browser.type("Secret", SECRET).press("Test this connection").sees("Asterisk 22.10.1, 5 endpoints");
			browser.press("Save connection").sees("León depot is saved.");
			assertThat(this.registry.all().getFirst().port()).isEqualTo(second.port());
			browser.press("Change name or connection").type("Name", "León").press("Save connection");
			browser.sees("León is saved.");
			browser.open("/pbxs/new");
			fill(browser, "león", second.port()).press("Connect and read")
				.sees("Another PBX has this name.")
				.sees("Another PBX is connected at this host and port.");
		}
	}

	@Test
	void isOnlyToBeSeenByAViewer(Browser browser) {
		this.accounts.signIn(browser, Role.ADMINISTRATOR);
		try (var pbx = start(1)) {
			fill(browser.open("/pbxs/new"), "Mérida office", pbx.port()).press("Connect and read")
				.sees("Mérida office is connected");
			var path = browser.path();
			for (var role : Map.of(Role.VIEWER, 0, Role.OPERATOR, 1).entrySet()) {
				this.accounts.signIn(browser.forget(), role.getKey());
				browser.open(path).sees("Mérida office");
				assertThat(browser.text()).doesNotContain("Change name or connection").doesNotContain("Remove it");
				assertThat(browser.all("#test-stored")).hasSize(role.getValue());
				browser.open("/pbxs").sees("Mérida office");
				assertThat(browser.text()).doesNotContain("Connect a PBX");
			}
			browser.screenshots("fleet-operator");
		}
	}

	@Test
	void worksWithoutJavaScript(Browser browser) {
		this.accounts.signIn(browser, Role.ADMINISTRATOR);
		browser.withoutScripts();
		try (var pbx = start(2)) {
			fill(browser.open("/pbxs/new"), "Tijuana warehouse", pbx.port()).press("Test connection")
				.sees("Asterisk 22.10.1");
			assertThat(browser.driver().getPageSource()).doesNotContain(SECRET);
			assertThat(browser.value("Name")).isEqualTo("Tijuana warehouse");
			browser.type("Secret", SECRET).press("Connect and read").sees("2 extensions, 2 trunks found");
		}
	}

}
