package io.tollgate.attack;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tollgate.attack.Site.Form;
import io.tollgate.support.Http;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types what an attacker would into every field of every form that the portal's pages
 * have, then looks at what came back, at every page, and at every byte that went to the
 * PBX.
 */
@AttackTest
@ExtendWith(OutputCaptureExtension.class)
class FormAttackTests {

	private static final String MARK = AttackedPortal.MARK;

	private static final List<String> ATTACKS = List.of(
			MARK + "\r\nAction: Originate\r\nChannel: Local/1@from-internal", MARK + "\nAction: Originate",
			MARK + "%0d%0aAction: Originate", MARK + "\u2028Action: Originate", MARK + "\0\u001b[31m",
			MARK + "x".repeat(1024), MARK + "\r\nX: y".repeat(129), "${SHELL(touch /tmp/" + MARK + ")}",
			"1,1,Goto(" + MARK + ",s,1)", MARK + ">;\n#exec " + MARK + "\n[" + MARK + "]", "_." + MARK + "!",
			AttackedPortal.SCRIPT);

	@Autowired
	AttackedPortal portal;

	private Http http;

	@BeforeEach
	void signIn() {
		this.http = this.portal.ready().administrator();
	}

	@Test
	void nothingTypedReachesThePbxABrowserOrTheLog(CapturedOutput output) {
		var before = this.portal.walk(this.http);
		assertThat(before.forms()).hasSizeGreaterThan(30);
		var sent = new TreeMap<String, Integer>();
		for (var form : before.forms()) {
			if (!form.destroys()) {
				attack(form).forEach((status, count) -> sent.merge(status, count, Integer::sum));
			}
		}
		assertThat(sent.keySet()).as(sent.toString())
			.allMatch((status) -> status.startsWith("2") || status.startsWith("3") || status.startsWith("4"));
		assertThat(this.http.get("/audit").statusCode()).as("still signed in").isEqualTo(200);
		var after = this.portal.walk(this.portal.administrator());
		assertThat(after.pages().values().stream().filter((page) -> page.text().contains(MARK)).count())
			.as("pages that show what was typed")
			.isGreaterThan(5);
		after.answers().forEach((path, answer) -> assertThat(answer.statusCode()).as(path).isLessThan(500));
		after.pages().forEach(FormAttackTests::assertHarmless);
		applyAndRestart();
		assertNothingOnThePbx();
		assertThat(output.getAll()).contains(MARK).doesNotContain("\u001b[31m", "\nAction: ", "\u2028Action");
	}

	private Map<String, Integer> attack(Form form) {
		var answers = new HashMap<String, Integer>();
		var button = form.buttons().isEmpty() ? Map.entry("", "") : form.buttons().getLast();
		for (var name : form.fields().keySet()) {
			for (var attack : form.typed().contains(name) ? ATTACKS : ATTACKS.subList(0, 1)) {
				var values = usual(form, button);
				values.put(name, attack);
				var answer = this.http.post(form.action(), values);
				assertAnswered(form, name, attack, answer);
				answers.merge(String.valueOf(answer.statusCode()), 1, Integer::sum);
			}
		}
		return answers;
	}

	private LinkedHashMap<String, String> usual(Form form, Map.Entry<String, String> button) {
		var usual = new LinkedHashMap<>(this.portal.usual(form.fields()));
		if (!button.getKey().isEmpty()) {
			usual.put(button.getKey(), button.getValue());
		}
		return usual;
	}

	private static void assertAnswered(Form form, String name, String attack, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as("%s with %s = %s", form, name, attack).isLessThan(500);
		assertThat(answer.headers().map().keySet()).doesNotContain("action", "x");
		var target = answer.headers().firstValue("Location").orElse("/");
		assertThat(target).as("%s with %s = %s", form, name, attack)
			.matches("(http://localhost:[0-9]+)?/[^/\\\\].*|(http://localhost:[0-9]+)?/");
		if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
			assertHarmless(form + " with " + name + " = " + attack, org.jsoup.Jsoup.parse(answer.body()));
		}
	}

	static void assertHarmless(String where, Document page) {
		for (var element : page.getAllElements()) {
			for (var attribute : element.attributes()) {
				assertThat(attribute.getKey()).as("%s: %s", where, element).doesNotStartWith("on");
				if (List.of("href", "src", "action", "formaction", "hx-get", "hx-post").contains(attribute.getKey())) {
					assertThat(attribute.getValue()).as("%s: %s", where, element).matches("[/#?].*|data:image/.*|");
				}
			}
		}
		assertThat(page.select("script:containsData(" + MARK + ")")).as(where).isEmpty();
		assertThat(page.outerHtml()).as("%s computes what it was told", where).doesNotContain("48517");
	}

	/** An attack on the review's own form may have begun it already. */
	private void applyAndRestart() {
		var http = this.portal.administrator();
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(300)).until(() -> {
			var review = Site.walk(http, List.of("/review"));
			var page = review.pages().get("/review");
			var targets = page.select("[name=target]");
			if (!targets.isEmpty()) {
				http.post("/applies",
						Map.of("target", targets.getFirst().val(), "reason", AttackedPortal.SCRIPT, "confirmation",
								page.select("[for=confirmation]")
									.text()
									.replaceFirst("(?i)^type ", "")
									.replaceFirst(" to .*", "")));
			}
			return this.portal.pbx().astDb().containsKey("tollgate/active") && targets.isEmpty();
		});
		this.portal.pbx().crash();
	}

	private void assertNothingOnThePbx() {
		var sent = new String(this.portal.line().recorded(), StandardCharsets.UTF_8);
		assertThat(sent).contains("Action: DBPut");
		for (var line : sent.split("\r\n", -1)) {
			assertThat(line).as("a line to the PBX").matches("|[A-Za-z0-9-]+: [^\\p{Cntrl}\\u2028\\u2029]{0,1023}");
			assertThat(line).doesNotContain(MARK, "SHELL", "#exec", "48517");
		}
		this.portal.pbx().files().forEach((name, text) -> {
			if (!name.equals("extensions.conf")) {
				assertThat(text).as(name).doesNotContain(MARK);
			}
		});
		assertThat(this.portal.pbx().astDb().toString()).doesNotContain(MARK);
	}

}
