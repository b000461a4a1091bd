package io.tollgate;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story that Tollgate exists for, from end to end: Argentina is allowed in the
 * browser, Apply is pressed, and the phones of a real Asterisk find out.
 */
@BrowserTest
@ExtendWith(AsteriskLog.class)
class StoryIT {

	@Autowired
	TestAccounts people;

	@Autowired
	Policies policies;

	@Autowired
	PbxRegistry registry;

	private long policy;

	@BeforeEach
	void policy() {
		this.policy = ((Changed) this.policies.create("Mexico plants", "MX", null)).rules().id();
	}

	@AfterEach
	void clear() {
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
		this.policies.delete(this.policy);
	}

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void argentinaIsAllowedAndARealAsteriskObeys(RealAsterisk.Version version, Browser browser) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(12)); var carrier = Carrier.start(pbx)) {
			this.people.signIn(browser, Role.ADMINISTRATOR);
			connects(browser, pbx);
			allowsArgentina(browser);
			letsOneExtensionCallAbroad(browser);
			applies(browser, version);
			var phones = new SipPhones(pbx);
			assertThat(dialled(phones, carrier)).containsExactly("1001 00541938384 200", "1001 00621938384 403",
					"1001 541938384 200", "1002 00541938384 403");
			asksTheTester(browser);
			changesItsMind(browser);
			stopsAllCallsAbroad(browser, phones);
			assertThat(phones.call("1001", "911")).isEqualTo(200);
		}
	}

	private void connects(Browser browser, RealAsterisk pbx) {
		browser.open("/pbxs/new")
			.type("Name", "Monterrey plant")
			.type("Host", "127.0.0.1")
			.type("Port", String.valueOf(pbx.amiPort()))
			.type("Manager account", "tollgate-config")
			.type("Secret", RealAsterisk.SECRET);
		browser.choose("Dialing policy", "Mexico plants");
		browser.press("Test connection").sees("It works");
		browser.press("Connect and read")
			.sees("Monterrey plant is connected")
			.sees("3 trunks found. Choose the trunk that calls leave by.");
		browser.press("Outbound").sees("What this route matches");
		assertThat(browser.all("[name=match]")).extracting((field) -> field.getDomProperty("value"))
			.contains("00ZXXXX!");
		browser.choose("Trunk 1", "trunk").press("Save").sees("Outbound is saved.");
	}

	private void allowsArgentina(Browser browser) {
		browser.open("/security/country-codes?policy=" + this.policy).sees("Afghanistan");
		browser.click("#protection");
		browser.until("protected", (b) -> this.policies.rules(this.policy).protectionEnabled());
		assertThat(browser.value("International Dialing Code")).isEqualTo("00");
		browser.type("Search country, region or code", "argentina")
			.until("one row", (b) -> b.all("[data-switch]").size() == 1 && b.all("#s54").size() == 1);
		browser.click("#s54");
		browser.until("allowed", (b) -> this.policies.rules(this.policy).allowedCodes().contains("54"));
		browser.sees("unapplied changes");
	}

	private void letsOneExtensionCallAbroad(Browser browser) {
		browser.open("/extensions?q=1001").sees("1 to 1 of 1");
		browser.click("[data-row]");
		browser.press("Edit").sees("Disallow International Calls");
		browser.click("[data-bulk-enable][value=international]");
		browser.click("#international");
		browser.press("Save").sees("1 extension changed");
	}

	private void applies(Browser browser, RealAsterisk.Version version) {
		browser.open("/review")
			.sees("Argentina (+54) becomes dialable for 1 extension")
			.sees("1 extension may make international calls")
			.screenshots("review");
		browser.press("Apply to 1 PBX").sees("1 PBX of 1 now runs what was asked for");
		assertThat(browser.path()).startsWith("/applies/");
		browser.screenshots("apply-" + version);
		browser.open("/").sees("In sync").screenshots("overview");
		browser.open("/applies").sees("Applied to 1 PBX").screenshots("history");
		browser.open("/review").sees("Nothing to apply").screenshots("review-empty");
	}

	private static List<String> dialled(SipPhones phones, Carrier carrier) {
		var calls = List.of(new SipPhones.Call("1001", "00541938384"), new SipPhones.Call("1001", "00621938384"),
				new SipPhones.Call("1001", "541938384"), new SipPhones.Call("1002", "00541938384"));
		var seen = calls.stream()
			.map((call) -> call.endpoint() + " " + call.number() + " " + phones.call(call.endpoint(), call.number()))
			.toList();
		assertThat(carrier.numbers()).containsExactly("00541938384", "541938384");
		return seen;
	}

	private static void asksTheTester(Browser browser) {
		browser.open("/tester?extension=1001&number=00541938384&rules=live").sees("Allowed: 00541938384 leaves as");
		browser.screenshots("tester-allowed");
		browser.open("/tester?extension=1001&number=00621938384").sees("Blocked: Indonesia (+62) is not allowed");
		browser.screenshots("tester-blocked");
		browser.open("/tester?extension=1001&number=541938384").sees("so it is not international");
		browser.open("/tester?extension=1002&number=00541938384").sees("1002 may not make international calls");
		browser.open("/tester?extension=1001&number=" + "1".repeat(60)).sees("More than 32 are refused");
		browser.open("/tester?extension=7777&number=1").sees("No PBX has an extension 7777");
	}

	/** An edit that is undone is no change; one that is not can be discarded. */
	private void changesItsMind(Browser browser) {
		this.policies.block(this.policy, java.util.Set.of("54"));
		browser.open("/").sees("1 unapplied change");
		this.policies.allow(this.policy, java.util.Set.of("54"));
		browser.open("/");
		assertThat(browser.text()).doesNotContain("unapplied change");
		this.policies.allow(this.policy, java.util.Set.of("34", "49"));
		browser.open("/review").sees("Spain (+34) becomes dialable for 1 extension").press("Discard all");
		browser.press("Discard changes").sees("Everything is back to what was last applied.");
		assertThat(this.policies.rules(this.policy).allowedCodes()).containsExactly("54");
	}

	/** A fleet stop, and its end. */
	private static void stopsAllCallsAbroad(Browser browser, SipPhones phones) {
		browser.open("/").press("Stop international calls").sees("Emergency numbers pass, as in every state.");
		browser.press("Stop international calls on 1 PBX").sees("Stopped calls abroad on 1 of 1 PBX");
		assertThat(phones.call("1001", "00541938384")).isEqualTo(403);
		assertThat(phones.call("1001", "541938384")).isEqualTo(200);
		assertThat(phones.call("1001", "911")).isEqualTo(200);
		browser.open("/stop").press("Lift the stop").sees("Lifted the stop on 1 of 1 PBX");
		assertThat(phones.call("1001", "00541938384")).isEqualTo(200);
	}

}
