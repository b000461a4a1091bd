package io.tollgate.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with the number restrictions. */
@BrowserTest
class RestrictionJourneyIT {

	private static final String PATH = "/security/number-restrictions";

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists lists;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	private long id;

	private long pbx;

	@BeforeEach
	void offices() {
		this.id = ((Changed) this.policies.create("US offices", "US", null)).rules().id();
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values ('Portland office', 'pdx.invalid', 5038, false, 'tollgate', ?, ?, current_timestamp)""",
				new byte[] { 1 }, this.id);
		this.pbx = this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx where id = ?", this.pbx);
		this.policies.delete(this.id);
	}

	private NumberRestrictions now() {
		return this.lists.of(this.id, this.pbx);
	}

	@Test
	void restrictsNumbers(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/security/country-codes?policy=" + this.id).click(".tabs__tab[href*='number-restrictions']");
		browser.sees("No number is restricted").screenshots("number-restrictions-empty");
		browser.click("#nanp-offshore");
		browser.until("restricted", (b) -> now().entries().size() == 21);
		browser.sees("Bahamas").click("#satellite");
		browser.until("both", (b) -> now().entries().size() == 26);

		browser.type("Restrict numbers that begin with", "1-900-XXXXXXX").type("Note", "Premium rate").press("Add");
		browser.sees("+1 900 is restricted once this is applied.");
		browser.keys("/").keys("bahamas").until("found", (b) -> b.all("#entries tbody tr").size() == 1);
		browser.open(PATH + "?policy=" + this.id).sees("Premium rate").screenshots("number-restrictions");

		browser.expectErrors();
		browser.type("Restrict numbers that begin with", "1").press("Add").sees("the whole of United States");
		browser.screenshot("number-restrictions-refused", "light", 1440);
		browser.open(PATH + "?policy=" + this.id).tick("Select +1 900");
		browser.sees("1 selected").press("Remove").sees("+1 900 is no longer restricted once this is applied.");
		assertThat(now().entries()).hasSize(26).doesNotContain("1900");
	}

	@Test
	void importsAFile(Browser browser, @TempDir Path folder) throws IOException {
		this.lists.add(this.id, Map.of("881", "Ours"));
		var file = Files.writeString(folder.resolve("howto.csv"), """
				,,1900xxxxxxx
				,,1976xxxxxxx
				,9,1242xxxxxxx
				,,900xxxxxxx
				,,premium
				,,1
				""");
		this.people.signIn(browser, Role.OPERATOR);
		browser.open(PATH + "?policy=" + this.id).click("a[href*='/import']").sees("Or paste it here");
		browser.screenshots("number-restrictions-import");
		browser.find("#file").sendKeys(file.toString());
		browser.press("Preview import").sees("Nothing is changed yet").screenshots("number-restrictions-preview");
		browser.press("Cancel").sees("1 number");
		assertThat(now().entries()).containsExactly("881");

		browser.open(PATH + "/import?policy=" + this.id).find("#file").sendKeys(file.toString());
		browser.press("Preview import").sees("2 rows cannot be imported").press("Import 3 numbers");
		browser.sees("3 numbers are restricted once this is applied.");
		assertThat(now().entries()).containsExactly("1242", "1900", "1XXX976", "881");
	}

	@Test
	void exemptsAnExtension(Browser browser) {
		this.lists.setPreset(this.id, RestrictionPreset.SATELLITE, true);
		this.people.signIn(browser, Role.OPERATOR);
		browser.open(PATH + "?policy=" + this.id).sees("No extension is exempt.").type("Extension", "1012");
		browser.choose("May dial", "Satellite and global");
		browser.driver().executeScript("document.getElementById('until').value = '2099-01-31T18:00'");
		browser.press("Exempt").sees("Extension 1012 is exempt once this is applied.");
		assertThat(now().exemptions()).hasSize(5).allSatisfy((exemption) -> assertThat(exemption.until()).isNotNull());
		this.jdbc.update("""
				insert into restriction_exemption (pbx_id, extension, target, ends_at)
				values (?, '1013', '881', timestamp with time zone '2020-01-01 00:00:00+00')""", this.pbx);
		browser.open(PATH + "?policy=" + this.id).sees("Ended").screenshots("number-restrictions-exemptions");
		browser.click("button[aria-label='Remove the exemption of 1013 from +881']");
		browser.sees("The exemption is gone once this is applied.");
		assertThat(this.lists.exemptions(this.id)).hasSize(1);
	}

}
