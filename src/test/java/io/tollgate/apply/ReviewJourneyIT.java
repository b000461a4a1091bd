package io.tollgate.apply;

import java.util.ArrayList;
import java.util.Comparator;
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
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with an apply that opens a leak or hides an emergency number. */
@BrowserTest
class ReviewJourneyIT {

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
	TestAccounts people;

	private SimulatedPbx simulated;

	private final List<Long> others = new ArrayList<>();

	private final List<SimulatedPbx> moreSimulated = new ArrayList<>();

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.policy = ((Changed) this.policies.create("Mexico plants", "MX", null)).rules().id();
		this.simulated = GuardedPbx.start();
		this.pbx = connect("Monterrey plant", this.simulated);
		this.policies.setProtection(this.policy, true);
	}

	private long connect(String name, SimulatedPbx simulated) {
		var connection = new PbxConnection(name, "127.0.0.1", simulated.port(), false, null, "tollgate");
		long id = this.fleet.connect(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).pbx().id();
		this.routes.saveFirst(id, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!")));
		return id;
	}

	@AfterEach
	void clear() {
		this.others.forEach(this.registry::remove);
		this.moreSimulated.forEach(SimulatedPbx::close);
		this.registry.remove(this.pbx);
		this.policies.delete(this.policy);
		this.simulated.close();
	}

	private void apply(Browser browser) {
		browser.open("/review").press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
	}

	@Test
	void confirmsThatAnEmergencyNumberGoes(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		apply(browser);
		this.policies.setEmergencyNumbers(this.policy, Set.of("911"));
		browser.open("/review").sees("Monterrey plant: this apply hides");
		assertThat(browser.find("#apply-facts").getText()).doesNotContain("Always pass");
		browser.sees("Only an administrator can apply this.").screenshots("review-danger-operator");
		assertThat(browser.all("#apply-form [type=submit]")).isEmpty();

		browser.forget();
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/review").sees("Emergency number 060 can be dialed now, and could not be dialed any more.");
		browser.type("Note for the audit log", "as agreed").type("Type “Monterrey plant” to apply all the same", "yes");
		browser.press("Apply to 1 PBX").sees("Type what the field asks for to apply to Monterrey plant");
		assertThat(browser.value("Note for the audit log")).isEqualTo("as agreed");
		assertThat(browser.value("Type “Monterrey plant” to apply all the same")).isEqualTo("yes");
		browser.screenshots("review-danger");
		browser.type("Type “Monterrey plant” to apply all the same", " monterrey plant ");
		browser.press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
		browser.open("/audit").sees("Apply confirmed that hides an emergency number");
	}

	/** One PBX first, in its window; the second when a person says so. */
	@Test
	void rollsOutInStages(Browser browser) {
		var second = GuardedPbx.start();
		this.moreSimulated.add(second);
		this.others.add(connect("Puebla plant", second));
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/pbxs/" + this.pbx).type("Group", "North").type("From", "25:00").click("[name=day][value='1']");
		browser.click("#upkeep [type=submit]").sees("Give both times as hours and minutes");
		assertThat(browser.value("Group")).isEqualTo("North");
		browser.type("From", "23:30").click("#upkeep [type=submit]").sees("Saved.");
		assertThat(browser.value("From")).isEqualTo("23:30");
		browser.screenshots("pbx-upkeep");

		browser.open("/review").click("#apply-form summary").type("Pause between waves", "soon");
		browser.choose("First", "Group North, then the rest").press("Apply to 2 PBXs");
		browser.sees("Give the pause in minutes");
		assertThat(browser.value("Pause between waves")).isEqualTo("soon");
		browser.type("Pause between waves", "60").screenshots("review-stages");
		browser.press("Apply to 2 PBXs").sees("Applied to 1 of 2 PBXs so far").sees("The next one begins at");
		browser.screenshots("run-waves");
		assertThat(second.astDb()).doesNotContainKey("tollgate/active");
		browser.press("Begin the next wave now").sees("2 PBXs of 2 now run what was asked for");
		assertThat(second.astDb()).containsEntry("tollgate/active", "1");
		browser.open("/applies").sees("Applied to 2 PBXs");
	}

	/** What is typed into the search stays while the page follows the run. */
	@Test
	void findsAPbxInARunThatGoesOn(Browser browser) {
		for (var city : List.of("Puebla", "Toluca", "Celaya", "Saltillo", "Tampico")) {
			var gone = GuardedPbx.start();
			this.others.add(connect(city + " plant", gone));
			gone.close();
		}
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/review").press("Apply to 6 PBXs").sees("5 PBXs do not answer").sees("Saltillo plant");
		var page = browser.path();
		browser.keys("/")
			.focuses("#q")
			.keys("PUEB")
			.until("only Puebla", (run) -> names(run).equals(List.of("Puebla plant")));
		browser.driver().executeScript("document.getElementById('run').dataset.seen = 'yes'");
		browser.keys("la").until("the page looked again", (run) -> run.all("#run[data-seen]").isEmpty());
		browser.driver().executeScript("document.getElementById('run').dataset.seen = 'yes'");
		browser.until("the page looked by itself", (run) -> run.all("#run[data-seen]").isEmpty());
		assertThat(browser.focuses("#q").value("Name of a PBX")).isEqualTo("PUEBla");
		assertThat(names(browser)).containsExactly("Puebla plant");
		browser.screenshots("run-search");
		assertThat(browser.driver().getCurrentUrl()).endsWith(page + "?q=PUEBla");
		browser.driver().navigate().refresh();
		browser.sees("Puebla plant");
		assertThat(names(browser)).containsExactly("Puebla plant");
		browser.keys("/").keys("nowhere").sees("Nothing found").press("Show all").sees("Tampico plant");
		browser.click("a.chip[href$='sort=name&dir=desc'], a.chip[href$='sort=name']").sees("Toluca plant");
		assertThat(names(browser)).isSorted().hasSize(6);
		browser.click("a.chip[href$='sort=name&dir=desc']")
			.until("turned", (run) -> names(run).getFirst().startsWith("Toluca"));
		browser.click("a.chip[href*='show=waiting']").until("those that wait", (run) -> names(run).size() == 5);
		assertThat(names(browser)).isSortedAccordingTo(Comparator.reverseOrder());
		browser.press("Stop").sees("not needed any more");
	}

	private static List<String> names(Browser browser) {
		return browser.all(".apply-row__name a").stream().map(WebElement::getText).toList();
	}

	/**
	 * Without + among the prefixes the policy no longer knows what +62… is; the carrier
	 * does.
	 */
	@Test
	void confirmsThatALeakOpens(Browser browser) {
		// a fragment that is opened by itself names no icon, so the browser misses one
		this.people.signIn(browser, Role.ADMINISTRATOR).expectErrors();
		this.policies.allow(this.policy, Set.of("54"));
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
		browser.open("/review").sees("Argentina (+54): dialable for 1 extension from now on");
		browser.sees("This apply opens no leak").screenshots("review-difference");
		// what htmx asks for when the check takes longer
		browser.open("/review/check")
			.sees("This apply opens no leak")
			.sees("Argentina (+54): dialable for 1 extension");
		assertThat(browser.all("#apply-confirm [type=submit]")).hasSize(1);
		assertThat(browser.find("#apply-facts").getText()).contains("Always pass");
		apply(browser);
		this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!", "+ZXXXX!")));
		browser.open("/review").sees("This apply opens no leak").sees("No number becomes dialable");
		this.policies.setPrefixes(this.policy, Set.of("00"));
		browser.open("/review/check?confirmation=Monter").sees("Monterrey plant: this apply opens");
		assertThat(browser.find("#confirmation").getDomProperty("value")).as("kept").isEqualTo("Monter");
		browser.open("/review").sees("Monterrey plant: this apply opens").screenshots("review-leak");
		browser.press("Apply to 1 PBX").sees("Type what the field asks for to apply to Monterrey plant");
		browser.type("Type “Monterrey plant” to apply all the same", "Monterrey Plant").press("Apply to 1 PBX");
		browser.sees("1 PBX of 1 now runs what was asked for");
		browser.open("/audit").sees("Apply confirmed that opens a leak");
		this.policies.setPrefixes(this.policy, Set.of("+", "00"));
		browser.open("/review").sees("and closes").screenshots("review-closes");
		apply(browser);
	}

	/** The same on many PBXs is one thing to review; some may still be left out. */
	@Test
	void reviewsManyPbxsAtOnce(Browser browser) {
		for (int i = 1; i <= 6; i++) {
			this.moreSimulated.add(GuardedPbx.start());
			this.others.add(connect("Plant " + i, this.moreSimulated.getLast()));
		}
		this.extensions.restore(this.pbx, new TreeMap<>(Map.of("1001", new CallRestrictions(true, false, false, 600))));
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/review").sees("6 PBXs with the same changes").sees("This apply opens no leak");
		browser.sees("Plant 1, Plant 2, Plant 3, Plant 4, Plant 5 and 1 more").screenshots("review-block");
		browser.find("#note").sendKeys("Quarterly");
		browser.press("Choose PBXs").sees("All of them").screenshots("review-block-open");
		assertThat(browser.find("#note").getDomProperty("value")).isEqualTo("Quarterly");
		assertThat(browser.all("input[name=target]")).hasSize(7);
		browser.find("input[name=target][value^='" + this.others.getLast() + ":']").click();
		browser.press("Apply to 7 PBXs").sees("6 PBXs of 6 now run what was asked for");
		browser.open("/review").press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
		this.policies.allow(this.policy, Set.of("54"));
		browser.open("/review").sees("7 PBXs with the same changes").sees("This apply opens no leak");
		this.policies.allow(this.policy, Set.of("55"));
		browser.press("Apply to 7 PBXs").sees("The changes are no longer those you reviewed");
		browser.sees("This apply opens no leak").press("Apply to 7 PBXs");
		browser.sees("7 PBXs of 7 now run what was asked for");
		assertThat(this.moreSimulated).allMatch((each) -> each.astDb().containsKey("tollgate/2/e164/55"));
	}

}
