package io.tollgate.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.tollgate.account.Role;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.fleet.Fleet;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does about a PBX that somebody changed by hand. */
@BrowserTest
class DriftJourneyIT {

	@Autowired
	Fleet fleet;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	Extensions extensions;

	@Autowired
	PbxWork work;

	@Autowired
	TestAccounts people;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.simulated = GuardedPbx.start("[open]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n");
		this.policy = ((Changed) this.policies.create("Contact centers", "MX", null)).rules().id();
		var connection = new PbxConnection("Guadalajara call center", "127.0.0.1", this.simulated.port(), false, null,
				"tollgate");
		this.pbx = this.fleet.connect(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).pbx().id();
		this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!")));
		this.policies.setProtection(this.policy, true);
		this.policies.allow(this.policy, Set.of("54"));
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.pbx);
		this.policies.delete(this.policy);
		this.simulated.close();
	}

	private String page() {
		return "/pbxs/" + this.pbx;
	}

	@Test
	void repairsAndAdopts(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/review").press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
		browser.sees("911 passes").screenshots("run-proved");
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.simulated.put("tollgate/1/ip/09", "2c");
		this.simulated.option("1002", "context", "open");
		this.work.once(this.pbx);
		browser.open("/pbxs?status=drifted").sees("Guadalajara call center");
		browser.open(page()).sees("Changed on the PBX").sees("+62 Indonesia: allowed on the PBX");
		browser.sees("Extension 1002 does not ask the guard").screenshots("drift");
		this.policies.allow(this.policy, Set.of("56"));
		browser.open("/review").sees("This PBX was changed by hand").screenshots("drift-review");
		browser.open(page()).press("Repair").sees("Brought 1 of 1 PBX back");
		assertThat(this.simulated.astDb()).doesNotContainKeys("tollgate/2/e164/62", "tollgate/2/e164/56");
		this.simulated.option("1002", "context", "from-internal");
		this.work.once(this.pbx);
		browser.open(page()).sees("Repaired").screenshots("drift-repaired");
		assertThat(browser.all("#drift")).isEmpty();

		this.policies.block(this.policy, Set.of("56"));
		this.simulated.put("tollgate/2/e164/62", "ai");
		this.work.once(this.pbx);
		browser.open(page()).press("Adopt").sees("1 difference is an edit now");
		browser.sees("Indonesia (+62) becomes dialable").press("Apply to 1 PBX").sees("Ran it already");
		browser.open(page()).sees("In sync");
		assertThat(browser.all("#drift")).isEmpty();
	}

	@Test
	void saysWhatIsDoneByItself(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/security/settings?policy=" + this.policy).sees("Changes by hand");
		browser.choose("When a PBX was changed by hand", "Repair at once").click("form:has(#repairs) button");
		browser.sees("Saved").screenshots("policy-repairs");
		assertThat(this.policies.repairsByItself(this.policy)).isTrue();
		this.people.signIn(browser.forget(), Role.ADMINISTRATOR);
		browser.open("/audit").sees("What is done about changes by hand changed");
	}

}
