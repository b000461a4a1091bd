package io.tollgate.leak;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.policy.Policies;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What a person does about a leak: sees it, understands it, closes it. */
@BrowserTest
@Import(LeakFleet.class)
class LeakJourneyIT {

	@Autowired
	LeakFleet fleet;

	@Autowired
	LeakRunner runner;

	@Autowired
	PbxVisits visits;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	@BeforeEach
	void connect() {
		this.fleet.connect();
	}

	@AfterEach
	void clear() {
		this.fleet.clear();
	}

	private void looked() {
		this.runner.run();
		this.visits.run();
	}

	@Test
	void closesALeak(Browser browser) {
		this.fleet.forgetPlus();
		this.fleet.apply();
		looked();
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/").sees("Leak check, live rules").sees("on 1 PBX").screenshots("overview-leak");
		browser.keys("g", "l").sees("How it leaks").sees("forbidden numbers reach trunk carrier");
		browser.sees("To the carrier + begins an international number").screenshots("leaks-live");
		browser.press("Every rule that is asked").sees("It does not start with 00");
		browser.press("Add +").sees("The change is made");
		browser.sees("Whether they close the leak is checked in a moment");
		this.runner.run();
		browser.open("/leaks").sees("Your unapplied changes close this leak").screenshots("leaks-closed");
		browser.press("After apply").sees("Once you apply, no forbidden number can reach a live trunk");
		browser.screenshots("leaks-draft");
		this.fleet.apply();
		looked();
		browser.open("/leaks").sees("No forbidden number can reach a live trunk").sees("against generation 2");
		browser.screenshots("leaks-proved");
		browser.press("Check Monterrey plant again").sees("Being checked").screenshots("leaks-checking");
		looked();
		browser.sees("No forbidden number can reach a live trunk");
	}

	@Test
	void seesTheDialTesterAgree(Browser browser) {
		this.fleet.apply();
		this.routes.add(this.fleet.id(), OutboundRoute.blocking("Premium", new Block(21, ""), List.of("900XXXXXXX")));
		this.runner.run();
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/leaks?rules=draft").sees("“Out” stands above “Premium”").screenshots("leaks-below");
		browser.press("Open in dial tester").sees("Allowed:").sees("leaves as");
		browser.open("/leaks?rules=draft").press("Move route").sees("The change is made");
		looked();
		browser.open("/leaks?rules=draft").sees("Once you apply");
	}

	@Test
	void asksWhatTheRoutesAloneWouldLetOut(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/leaks?rules=draft").press("Ask what the routes alone would let out");
		browser.sees("if nothing but their patterns decided").press("Ask");
		browser.sees("Without the guard").sees("It is not in force anywhere").screenshots("routes-alone");
	}

	@Test
	void worksWithoutScripts(Browser browser) {
		this.fleet.forgetPlus();
		this.runner.run();
		this.people.signIn(browser, Role.OPERATOR);
		browser.withoutScripts().open("/leaks?rules=draft").press("Add +").sees("Being checked");
		browser.until("the edit",
				(b) -> this.policies.rules(this.fleet.policy()).internationalPrefixes().contains("+"));
	}

}
