package io.tollgate.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import io.tollgate.account.Role;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** An administrator says who is told, tries it and takes it back. */
@BrowserTest
class NoticeJourneyIT {

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from notice_channel").update();
	}

	@Test
	void saysWhoIsTold(Browser browser) {
		this.people.signIn(browser, Role.ADMINISTRATOR);
		browser.open("/notifications").sees("Nobody is told yet").screenshots("notifications-none");
		browser.press("New channel").sees("Is told of").screenshots("notification-new");
		browser.expectErrors();
		browser.click("#quietFrom").keys("late").press("Add channel").sees("Give it a name");
		browser.sees("Type a mail address").sees("Type two different times").screenshots("notification-new-wrong");

		browser.open("/notifications/new").type("Name", "Night desk").type("Address", "noc@example.com");
		browser.click("#quietFrom").keys("22:00").click("#quietTo").keys("07:00").press("Add channel");
		browser.sees("Night desk is added");
		browser.open("/notifications/new").type("Name", "Pager").tick("Webhook");
		browser.type("Address", "http://127.0.0.1:9/hook").press("Add channel");
		browser.sees("It is not shown again").screenshots("notification-made");
		var secret = browser.find("#secret").getText();
		assertThat(secret).startsWith("whsec_");

		browser.press("Back to notifications").sees("Pager");
		browser.click("[aria-label='Send a test message to Pager']").sees("did not arrive").sees("loopback");
		deliveries();
		browser.open("/notifications").sees("Next try").screenshots("notifications");
		browser.click("a[href$='/notifications/sent']").sees("Sent notifications").sees("Leak found: Monterrey");
		browser.click("a.chip[href*='show=waiting']")
			.until("only what waits",
					(page) -> page.text().contains("14 events") && !page.text().contains("Leak found: Monterrey"));
		browser.click("#q").keys("night").sees("14 events").screenshots("notifications-sent");
		browser.open("/notifications");
		assertThat(browser.text()).doesNotContain(secret);

		browser.click("a[href$='/notifications/" + id("Pager") + "']").sees("Edit channel");
		browser.screenshots("notification-edit");
		browser.press("Remove channel").sees("Pager is removed");
	}

	private long id(String name) {
		return this.jdbc.sql("select id from notice_channel where name = ?").param(name).query(Long.class).single();
	}

	private void deliveries() {
		delivery("[Tollgate] Leak found: Monterrey", "SENT", 1, "The mail server took it");
		delivery("[Tollgate] 14 events", "WAITING", 3, "HTTP 503");
	}

	private void delivery(String subject, String state, int attempts, String answer) {
		var now = Instant.now();
		this.jdbc.sql("""
				insert into notice_message (id, channel_id, made_at, subject, body, state, attempts, next_at, answer)
				values (?, ?, ?, ?, '', ?, ?, ?, ?)""")
			.params(UUID.randomUUID(), id("Night desk"), now.atOffset(ZoneOffset.UTC), subject, state, attempts,
					now.plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC), answer)
			.update();
	}

}
