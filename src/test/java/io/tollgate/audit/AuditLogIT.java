package io.tollgate.audit;

import io.tollgate.account.Role;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class AuditLogIT {

	@Autowired
	TestAccounts people;

	@Autowired
	AuditTrail trail;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	JdbcTemplate jdbc;

	@Test
	void findsAndExpands(Browser browser) {
		this.transaction.executeWithoutResult((status) -> {
			this.trail.recordAs("ana", "policy.country.allowed", AuditObject.of("policy", 1, "Tierra del Fuego plants"),
					"Argentina (+54) blocked", "Argentina (+54) allowed");
			for (int i = 0; i < 60; i++) {
				this.trail.recordAs("bob", "extension.restrictions.changed",
						AuditObject.of("extension", 1000 + i, "<b>Line " + i + "</b> ${7*7} 100%_!"), "Ticked",
						"Not ticked");
			}
		});
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/audit").sees("Signed in").sees("Older");
		browser.press("Older").sees("Newer").press("Newer").sees("Signed in");

		browser.type("Search change, object or address", "tierra del fuego").press("Filter");
		browser.sees("Tierra del Fuego plants");
		assertThat(browser.text()).doesNotContain("Argentina (+54) allowed");
		browser.press("Details: Countries or regions allowed").sees("Argentina (+54) allowed");
		assertThat(browser.find("ins").getText()).isEqualTo("allowed");
		assertThat(browser.find("del").getText()).isEqualTo("blocked");
		browser.screenshots("audit");

		browser.type("Search change, object or address", "100%_!").press("Filter").sees("Line 59").sees("Older");
		assertThat(browser.text()).contains("<b>Line 59</b> ${7*7}");

		browser.type("Search change, object or address", "no such thing").press("Filter");
		browser.sees("No entry matches").screenshots("audit-none");
		browser.press("Clear filters").sees("Signed in");

		browser.open("/audit?from=2026-12-02&to=2026-12-01").sees("Choose a last day that is not before the first");
		browser.open("/audit?from=yesterday").sees("Enter the first day as year-month-day");
	}

	@Test
	void verifiesTheChain(Browser browser) {
		long row = written("chain-journey");
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/audit").press("Verify chain").sees("Chain intact").screenshots("audit-intact");
		this.jdbc.update("update audit_event set after_text = 'forged' where id = ?", row);
		try {
			browser.press("Verify chain").sees("Entry %,d is not what was written".formatted(row));
			browser.screenshots("audit-broken");
		}
		finally {
			this.jdbc.update("update audit_event set after_text = 'Ticked' where id = ?", row);
		}
		browser.withoutScripts().open("/audit").press("Verify chain");
		browser.until("the chain intact again", (page) -> page.open("/audit").text().contains("Chain intact"));
	}

	private long written(String name) {
		this.transaction.executeWithoutResult((status) -> this.trail.recordAs("ana", "extension.edited",
				AuditObject.of("extension", null, name), "Not ticked", "Ticked"));
		return this.jdbc.queryForObject("select max(id) from audit_event where object_name = ?", Long.class, name);
	}

}
