package io.tollgate.apply;

import java.util.Set;
import java.util.TreeSet;

import io.tollgate.account.Role;
import io.tollgate.fleet.Fleet;
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

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does to go back to an older generation, and to stop all calls abroad. */
@BrowserTest
class StopJourneyIT {

	private static final String DONE = "1 PBX of 1 now runs what was asked for";

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

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
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from fleet_stop").update();
		this.plants.remove(this.plant);
	}

	private void apply(Browser browser) {
		browser.open("/review").press("Apply to 1 PBX").sees(DONE);
	}

	@Test
	void goesBackToAnOlderGeneration(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		this.policies.allow(this.policy, Set.of("54"));
		apply(browser);
		this.policies.allow(this.policy, Set.of("62"));
		apply(browser);
		browser.open("/pbxs/" + this.pbx).press("All generations").sees("Generations of Monterrey plant");
		browser.sees("Indonesia (+62)").sees("Runs now").screenshots("generations");
		browser.press("Restore generation 1").sees("What is edited in the portal stays there as unapplied changes.");
		browser.sees("Restoring it opens no leak").sees("Indonesia (+62)").screenshots("restore");
		browser.type("Note for the audit log (optional)", "62 was a mistake")
			.press("Restore")
			.sees("Went back on 1 of 1 PBX");
		browser.open("/pbxs/" + this.pbx + "/generations").sees("62 was a mistake").sees("1 edit is unapplied again");
		browser.screenshots("generations-restored");
		browser.open("/pbxs/" + this.pbx + "/generations").press("Discard").press("Discard changes");
		browser.sees("Everything is back to what was last applied.");
		assertThat(this.policies.rules(this.policy).allowedCodes()).containsExactly("54");
	}

	@Test
	void aWayBackThatHidesAnEmergencyNumberIsConfirmed(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		apply(browser);
		var numbers = new TreeSet<>(this.policies.rules(this.policy).emergencyNumbers());
		numbers.add("117");
		this.policies.setEmergencyNumbers(this.policy, numbers);
		apply(browser);
		browser.open("/pbxs/" + this.pbx + "/generations").press("Restore generation 1");
		browser.sees("Emergency number 117 can be dialed now").screenshots("restore-danger");
		browser.press("Restore").sees("Type what the field asks for to restore it all the same.");
		browser.type("Type “Monterrey plant” to restore it all the same", "Monterrey plant").press("Restore");
		browser.sees("Went back on 1 of 1 PBX");
	}

	@Test
	void stopsAllCallsAbroadAndLiftsTheStop(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		this.policies.allow(this.policy, Set.of("54"));
		apply(browser);
		browser.open("/").sees("Stop international calls").screenshots("overview-stop");
		browser.press("Stop international calls").sees("What happens").screenshots("stop");
		browser.type("Reason (optional)", "fraud at night");
		browser.press("Stop international calls on 1 PBX")
			.sees("Stopped calls abroad on 1 of 1 PBX")
			.sees("All international calls are stopped.");
		browser.open("/security/country-codes?policy=" + this.policy).sees("fraud at night");
		browser.sees("What is allowed here is kept").screenshots("stop-countries");
		browser.open("/").sees("All international calls are stopped.").screenshots("stop-overview");
		browser.open("/stop").sees("Only an administrator can lift the stop.");
		assertThat(browser.all("main form")).isEmpty();

		browser.forget();
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/").press("Undo").sees("Becomes dialable again").screenshots("stop-on");
		browser.press("Lift the stop").sees("Lifted the stop on 1 of 1 PBX");
		assertThat(browser.text()).doesNotContain("All international calls are stopped.");
		browser.open("/pbxs/" + this.pbx + "/generations").sees("Stop lifted").sees("Fleet stop");
		browser.screenshots("generations-stop");
		browser.open("/audit").sees("All international rights withdrawn").sees("Fleet stop lifted");
	}

}
