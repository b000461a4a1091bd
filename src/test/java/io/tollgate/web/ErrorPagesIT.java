package io.tollgate.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** What people see when something goes wrong, as a page and inside one. */
@ExtendWith(OutputCaptureExtension.class)
@BrowserTest
@Import(ErrorPagesIT.Probe.class)
class ErrorPagesIT {

	private static final Pattern REFERENCE = Pattern.compile("[0-9A-F]{4}-[0-9A-F]{4}");

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	@Test
	void aFailureCarriesAReferenceThatIsInTheLog(Browser browser, CapturedOutput output) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/probe/fail").sees("Tollgate could not do that").screenshots("error-500");
		var reference = REFERENCE.matcher(browser.text());
		assertThat(reference.find()).isTrue();
		assertThat(output.getAll()).contains("Reference " + reference.group() + ": GET /probe/fail failed")
			.contains("secret of the cause");
		assertThat(browser.driver().getPageSource()).doesNotContain("secret of the cause", "IllegalStateException");
		browser.press("Copy reference");
	}

	@Test
	void aRefusalNamesTheRole(Browser browser) {
		this.people.signIn(browser, Role.VIEWER).expectErrors();
		browser.open("/probe/guarded").sees("You are signed in as Viewer Test, Viewer").screenshots("error-403");
		browser.press("Sign in as someone else").sees("You are signed out");
	}

	/** Its address is still in the browser, for a reload or a change of the language. */
	@Test
	void whereAFormWasRefusedThePageAboveIsRead() {
		var http = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		var answer = http.get("/probe/change");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/probe"));
		assertThat(http.get("/language").headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/"));
	}

	@Test
	void anOldFormSaysSo() {
		var http = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		var answer = http.send("POST", "/sign-out", "");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("This page was too old");
		assertThat(http.get("/probe/fail", "HX-Request", "true").body())
			.matches("Tollgate could not do that " + "Reference [0-9A-F]{4}-[0-9A-F]{4}\\.");
		assertThat(http.post("/no-such-page", Map.of()).statusCode()).isEqualTo(404);
	}

	@Test
	void htmxSaysWhatFailedAndKeepsTheFocus(Browser browser, CapturedOutput output) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/probe").press("Change").sees("Changed").focuses("#change");
		assertThat(browser.all("#apply-strip, #nav-pending, #discard-dialog")).hasSize(3);
		browser.press("Changed").until("swapped twice", (b) -> b.all("#apply-strip").size() == 1);

		browser.press("Fail").sees("Tollgate could not do that Reference").press("Dismiss");
		browser.press("Guarded").sees("Your role cannot do that").screenshot("toast", "dark", Browser.PHONE);
		browser.width(Browser.DESK).press("Dismiss");
		browser.click("main input");
		browser.sees("Tollgate could not do that Reference");
		assertThat(output.getAll()).contains(": POST /probe/fail failed");
		browser.until("the tick taken back", (b) -> !b.find("main input").isSelected());
	}

	@Test
	void theStripSaysWhatIsUnapplied(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/probe/pending").sees("3 unapplied changes").screenshots("frame-pending");
		browser.press("Discard")
			.sees("Discard 3 unapplied changes?")
			.screenshot("frame-discard", "light", Browser.DESK);
		browser.press("Keep changes");
		browser.until("closed", (b) -> b.all("dialog[open]").isEmpty());

		this.people.signIn(browser.forget(), Role.VIEWER);
		browser.open("/probe/pending").sees("3 unapplied changes");
		assertThat(browser.text()).contains("Review and apply").doesNotContain("Discard");
	}

	@TestComponent
	@Controller
	static class Probe {

		@GetMapping("/probe")
		String page() {
			return "probe";
		}

		@GetMapping("/probe/pending")
		String pending(HttpServletRequest request, Model model) {
			var pending = new PendingSummary(3, "Argentina allowed, 12 extensions. 2 PBXs still run the old rules.", 2);
			model.addAttribute("frame", new Frame(request, () -> pending, () -> new LeakSummary(0, "", "", ""),
					Optional::empty, "0", Duration.ofMinutes(15)));
			model.addAttribute("notice", "Argentina allowed");
			return "probe";
		}

		@PostMapping("/probe/change")
		String change() {
			return "probe :: changed";
		}

		@GetMapping("/probe/fail")
		String read() {
			throw new IllegalStateException("secret of the cause");
		}

		@PostMapping("/probe/fail")
		String write() {
			throw new IllegalStateException("secret of the cause");
		}

		@GetMapping("/probe/guarded")
		@PreAuthorize("hasRole('OPERATOR')")
		String guarded() {
			return "probe";
		}

		@PostMapping("/probe/guarded")
		@PreAuthorize("hasRole('ADMINISTRATOR')")
		String changeGuarded() {
			return "probe :: changed";
		}

	}

}
