package io.tollgate.apply;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.tollgate.account.Role;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.policy.Policies;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What two people do where one alone may not loosen. */
@BrowserTest
class ApprovalJourneyIT {

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	private GuardedPlants.Plant plant;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.plant = this.plants.connect();
		this.policy = this.plant.policy();
		this.pbx = this.plant.pbx();
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from setting where name = 'approval.two-person'").update();
		this.jdbc.sql("delete from approval_request").update();
		this.plants.remove(this.plant);
	}

	@Test
	void asksAndSomebodyElseAgrees(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/review").press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
		browser.open("/approvals").sees("The two-person rule is off").screenshots("approvals-off");
		browser.press("Turn on").sees("The two-person rule is on.");
		this.policies.allow(this.policy, Set.of("54"));
		browser.open("/review").press("Apply to 1 PBX").sees("Write a note that says why");
		browser.type("Note for the audit log (optional)", "The new plant calls Argentina").press("Apply to 1 PBX");
		browser.sees("Waiting for a second person: Monterrey plant").sees("You asked for this.");
		browser.screenshots("approvals-own");
		this.people.signIn(browser.forget(), Role.OPERATOR);
		browser.open("/approvals").sees("The new plant calls Argentina").screenshots("approvals");
		browser.press("Approve and carry out").sees("1 PBX of 1 now runs what was asked for").sees("Approved by");
		browser.open("/approvals").sees("Approved by operator").screenshots("approvals-decided");
	}

}
