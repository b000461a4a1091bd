package io.tollgate.account;

import java.util.regex.Pattern;

import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** From the log's link to a signed-in administrator. */
@ExtendWith(OutputCaptureExtension.class)
@BrowserTest
@TestPropertySource(properties = "test.database=set-up")
class SetUpIT {

	private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/set-up\\?token=[0-9a-f]{32})\\s");

	@Autowired
	Accounts accounts;

	@Test
	void makesTheFirstAdministrator(Browser browser, CapturedOutput output) {
		browser.open("/").sees("Open the link from the log").screenshots("set-up-closed");
		browser.open("/audit").sees("Open the link from the log");
		browser.open("/set-up?token=00000000000000000000000000000000").sees("This link does not work any more");

		var link = LINK.matcher(output.getAll());
		assertThat(link.find()).as("a set-up link in the log").isTrue();
		browser.open(link.group(1)).sees("Set up Tollgate").screenshots("set-up");

		browser.type("Username", "lucía").type("Name", "").type("Password", "short").press("Create administrator");
		browser.sees("start with a letter or digit")
			.sees("Enter your name")
			.sees("Use at least 15 characters")
			.screenshots("set-up-errors");
		assertThat(browser.value("Username")).isEqualTo("lucía");

		browser.type("Username", "Lucia.Ortega")
			.type("Name", "Lucía Ortega")
			.type("Password", TestAccounts.PASSWORD)
			.type("Password again", TestAccounts.PASSWORD + "r")
			.press("Create administrator");
		browser.sees("Type the same password again");

		browser.type("Password", TestAccounts.PASSWORD).type("Password again", TestAccounts.PASSWORD);
		browser.until("three rules met", (b) -> b.all("[data-rule].is-met").size() == 3);
		browser.press("Create administrator").until("signed in", (b) -> b.path().equals("/"));
		browser.expectErrors();
		assertThat(this.accounts.none()).isFalse();

		browser.open(link.group(1)).until("sent away", (b) -> !b.path().startsWith("/set-up"));
	}

}
