package io.tollgate.pin;

import java.util.List;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.pin.PinChange.Changed;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The PIN lists without JavaScript, and what htmx is answered. */
@TollgateTest
class PinPagesTests {

	private static final String PIN = "802846";

	@Autowired
	PinLists lists;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	MessageSource messages;

	@LocalServerPort
	int port;

	private Http http;

	private String key;

	private String path;

	@BeforeEach
	void list() {
		this.key = ((Changed) this.lists.create("Export desk")).key();
		this.path = "/pin-lists/" + this.key;
		this.http = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pin_list");
	}

	private List<String> labels() {
		return List.copyOf(this.lists.all().get(this.key).labels().values());
	}

	/** All that the database holds. */
	private String dump() {
		return String.join("\n", this.jdbc.queryForList("script", String.class));
	}

	/**
	 * Not as a part of a hash, where any digits stand now and then; longer than any id.
	 */
	private static String alone(String digits) {
		return "(?<![0-9a-f])" + digits + "(?![0-9a-f])";
	}

	@Test
	void createsAList() {
		var answer = this.http.post("/pin-lists", Map.of("name", " Night guard "));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).matches(".*/pin-lists/[a-z0-9]{8}");
		assertThat(this.http.get("/pin-lists").body()).contains("Night guard", "Export desk", "No route");
		var again = this.http.post("/pin-lists", Map.of("name", "night GUARD"));
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("Another list is called night GUARD", "value=\"night GUARD\"");
	}

	@Test
	void addsAPinThatIsNeverSeenAgain() {
		assertThat(this.http.post(this.path + "/pins", Map.of("label", "Ana Ruiz", "pin", PIN)).statusCode())
			.isEqualTo(302);
		var page = this.http.get(this.path).body();
		assertThat(page).contains("Ana Ruiz has a PIN").doesNotContain(PIN, "Easy to guess");
		assertThat(labels()).containsExactly("Ana Ruiz");
		var same = this.http.post(this.path + "/pins", Map.of("label", "Ben", "pin", PIN));
		assertThat(same.statusCode()).isEqualTo(422);
		assertThat(same.body()).contains("Somebody in this list has that PIN already", "value=\"Ben\"")
			.doesNotContain(PIN);
		var bad = this.http.post(this.path + "/pins", Map.of("label", "Ben,Eva", "pin", "80284"));
		assertThat(bad.statusCode()).isEqualTo(422);
		assertThat(bad.body()).contains("Type whose PIN it is").doesNotContain("80284");
		assertThat(this.http.post("/pin-lists/nothing1/pins", Map.of("label", "Ben", "pin", "80284")).statusCode())
			.isEqualTo(302);
		this.http.post(this.path + "/pins", Map.of("label", "Ben", "pin", "123456"));
		assertThat(this.http.get(this.path).body()).contains("Easy to guess", "The PIN of Ben is digits in a row");
		assertThat(dump()).contains("Ana Ruiz")
			.doesNotContainPattern(alone(PIN))
			.doesNotContainPattern(alone("123456"));
		assertThat(this.http.get("/audit").body()).contains("PINs added", "Ana Ruiz").doesNotContain(PIN);
	}

	@Test
	void makesUpAPinAndShowsItOnce() {
		var answer = this.http.post(this.path + "/made-up", Map.of("label", "Ana", "pin", ""));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		var pin = answer.body().replaceAll("(?s).*id=\"issued-pin\">([0-9]{6})<.*", "$1");
		assertThat(pin).matches("[0-9]{6}");
		var list = this.lists.all().get(this.key);
		assertThat(list.labels()).containsKey(Pins.hash(this.lists.salt(list), pin));
		assertThat(this.http.get(this.path).body()).contains("Ana").doesNotContain(pin, "issued-pin");
		assertThat(dump()).doesNotContain("'" + pin + "'");
		assertThat(this.http.post(this.path + "/made-up", Map.of("label", "Ana")).body())
			.contains("Ana has a PIN in this list already");
	}

	@Test
	void addsManyOrNone() {
		var text = "Ana,802846\n\nBen;80284x\nEva 555000\nana,777123\n802846,Leo\nMia,802846";
		var refused = this.http.post(this.path + "/many", Map.of("text", text));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body())
			.contains("Line 3: Type 3 to 15 digits.", "Line 4: Write a label, one comma", "Line 5: Ana has a PIN",
					"Line 6: Type 3 to 15", "Line 7: That is the PIN of Ana already")
			.doesNotContain(PIN, "80284x", "555000", "777123");
		assertThat(labels()).isEmpty();
		var htmx = this.http.post(this.path + "/many", Map.of("text", text), "HX-Request", "true");
		assertThat(htmx.statusCode()).isEqualTo(200);
		assertThat(htmx.body()).contains("Line 3").doesNotContain("<html", PIN);
		assertThat(this.http.post(this.path + "/many", Map.of("text", " \n")).body()).contains("There is no line");
		assertThat(this.http.post(this.path + "/many", Map.of("text", "Ana,802846\r\nBen\t2580\r\n")).statusCode())
			.isEqualTo(302);
		assertThat(this.http.get(this.path).body()).contains("2 PINs are added", "The PIN of Ben has fewer than 5");
		assertThat(labels()).containsExactlyInAnyOrder("Ana", "Ben");
	}

	@Test
	void removesRenamesAndDeletes() {
		this.lists.add(this.key, List.of(new NewPin("Ana", PIN)));
		assertThat(this.http.post(this.path + "/remove", Map.of("label", "Ana")).statusCode()).isEqualTo(302);
		assertThat(this.http.get(this.path).body()).contains("The PIN of Ana is removed", "No PIN in this list");
		assertThat(this.http.post(this.path + "/remove", Map.of("label", "Ana")).statusCode()).isEqualTo(302);
		assertThat(this.http.get(this.path).body()).contains("It was deleted meanwhile.").doesNotContain("is removed");
		assertThat(this.http.post(this.path + "/name", Map.of("name", "")).statusCode()).isEqualTo(422);
		this.http.post(this.path + "/name", Map.of("name", "Exports"));
		assertThat(this.http.get(this.path).body()).contains("<h1>Exports</h1>");
		this.http.post(this.path + "/delete", Map.of());
		assertThat(this.http.get("/pin-lists").body()).contains("Exports is deleted", "No PIN list yet");
		assertThat(this.http.get(this.path).statusCode()).isEqualTo(404);
	}

	@Test
	void letsAViewerSeeLabels() {
		this.lists.add(this.key, List.of(new NewPin("Ana", PIN)));
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(viewer.get("/pin-lists").body()).contains("Export desk").doesNotContain("New PIN list");
		assertThat(viewer.get(this.path).body()).contains("Ana").doesNotContain("Make one up", "Remove", "Delete");
	}

	@Test
	void hasWordsForEveryRefusal() {
		for (var type : PinChange.Refused.class.getPermittedSubclasses()) {
			assertThatCode(
					() -> this.messages.getMessage("pin.refused." + type.getSimpleName(), new Object[] { 5 }, ENGLISH))
				.doesNotThrowAnyException();
		}
		for (var weakness : Pins.Weakness.values()) {
			assertThat(this.messages.getMessage("pin.weak." + weakness, new Object[] { "Ana" }, ENGLISH))
				.contains("Ana");
		}
	}

}
