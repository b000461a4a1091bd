package io.tollgate.policyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody brings their policies in a file. */
@BrowserTest
class PolicyImportJourneyIT {

	@Autowired
	Policies policies;

	@Autowired
	PbxRegistry pbxs;

	@Autowired
	TestAccounts people;

	@TempDir
	Path folder;

	private long id;

	private long pbx;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("Plants", "MX", null)).rules().id();
		this.policies.setProtection(this.id, true);
		this.policies.allow(this.id, Set.of("1"));
		this.pbx = this.pbxs
			.add(new NewPbx(new PbxConnection("Monterrey plant", "127.0.0.1", 25_138, false, null, "tollgate"), false,
					this.id), "secret")
			.id();
	}

	@AfterEach
	void clear() {
		this.pbxs.remove(this.pbx);
		this.policies.all()
			.stream()
			.filter((rules) -> rules.name().startsWith("Plants"))
			.forEach((rules) -> this.policies.delete(rules.id()));
	}

	private Path file(String text) throws IOException {
		return Files.writeString(this.folder.resolve("policies.yaml"), text);
	}

	@Test
	void looksCorrectsLooksAndTakesOver(Browser browser) throws IOException {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/security/settings?policy=" + this.id).press("Import from file");
		browser.sees("Import policies from a file").screenshots("policy-import");
		browser.find("#file").sendKeys(file("""
				version: 1
				policies:
				  - name: Plants
				    emergencyNumbers: ["0"]
				    allowedCountries: ["+1", AR, Narnia]
				    restrictions:
				      numbers: [{number: "+44 900"}, {number: premium}]
				""").toString());
		browser.press("Show what would change").sees("4 mistakes: nothing can be taken over");
		browser.screenshots("policy-import-mistakes").press("Choose another file");

		browser.find("#file").sendKeys(file("""
				version: 1
				policies:
				  - name: Plants
				    allowedCountries: ["+1", AR, FR]
				    restrictions:
				      presets: [satellite]
				      numbers: [{number: "+44 900", note: Premium}]
				  - name: Plants abroad
				    homeCountry: DE
				    protection: true
				""").toString());
		browser.press("Show what would change").sees("Nothing is changed yet");
		browser.sees("Allowed: France (+33), Argentina (+54)").sees("New policy, home country Germany");
		browser.sees("Monterrey plant").screenshots("policy-import-plan");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("1");

		// somebody else is quicker
		this.policies.allow(this.id, Set.of("49"));
		browser.press("Take over 2 policies").sees("Nothing was taken over");
		browser.sees("Not allowed any more: Germany (+49)");
		// by the keyboard alone
		browser.driver().executeScript("document.querySelector('form.form-bar .btn--primary').focus()");
		browser.keys(Keys.ENTER);
		browser.sees("2 policies are as the file says.").sees("Monterrey plant");
		assertThat(browser.path()).isEqualTo("/review");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("1", "33", "54");
	}

}
