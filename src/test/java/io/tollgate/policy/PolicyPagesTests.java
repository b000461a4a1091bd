package io.tollgate.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages of this module without JavaScript, and what htmx is answered. */
@TollgateTest
class PolicyPagesTests {

	private static final String[] HTMX = { "HX-Request", "true" };

	private static final String CODES = "/security/country-codes";

	private static final String SETTINGS = "/security/settings";

	@Autowired
	Policies policies;

	@Autowired
	WorkingWeek week;

	@Autowired
	TestAccounts people;

	@Autowired
	MessageSource messages;

	@LocalServerPort
	int port;

	private Http http;

	private long id;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("Pages", "MX", null)).rules().id();
		this.http = as(Role.ADMINISTRATOR);
	}

	@AfterEach
	void clear() {
		this.policies.delete(this.id);
	}

	private Http as(Role role) {
		return new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
	}

	private Set<String> allowed() {
		return this.policies.rules(this.id).allowedCodes();
	}

	@Test
	void listsEveryCode() {
		var page = this.http.get(CODES + "?policy=" + this.id).body();
		assertThat(count(page, "name=\"on\"")).isEqualTo(242);
		assertThat(page)
			.contains("Caribbean and Pacific +1 codes have their own rows", "Home country: Mexico, usually 00.")
			.contains(">Pages</option>");
		assertThat(this.http.get(CODES + "?policy=4711").statusCode()).isEqualTo(404);
		assertThat(this.http.get(CODES + "?policy=x").statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "argentina", "ARG", "ar", "54", "%2B54", "0054", "%20argentina%20" })
	void findsByWhatPeopleType(String q) {
		var page = this.http.get(CODES + "?policy=" + this.id + "&q=" + q, HTMX).body();
		assertThat(page).contains("Argentina").doesNotContain("<html");
	}

	@Test
	void findsWithoutAccentsAndSaysWhenNothingMatches() {
		assertThat(this.http.get(CODES + "?policy=" + this.id + "&q=cote+ivoire").body()).contains("value=\"225\"");
		var none = this.http.get(CODES + "?policy=" + this.id + "&q=%3Cscript%3Exyz&filter=nope&region=%00").body();
		assertThat(none).contains("No country matches", "&lt;script&gt;xyz").doesNotContain("<script>xyz");
	}

	@Test
	void switchesARowForHtmx() {
		this.http.get(CODES + "?policy=" + this.id);
		var row = this.http.post(CODES + "/" + this.id + "/54/allow", Map.of("q", "arg"), HTMX);
		assertThat(row.statusCode()).isEqualTo(200);
		assertThat(row.body()).startsWith("<tr").contains("/54/block\"", "id=\"chips\"", "id=\"apply-strip\"");
		assertThat(allowed()).containsExactly("54");
		this.http.post(CODES + "/" + this.id + "/54/allow", Map.of(), HTMX);
		assertThat(allowed()).as("the wanted state is posted, not a flip").containsExactly("54");
		var refused = this.http.post(CODES + "/" + this.id + "/999/allow", Map.of(), HTMX);
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).startsWith("There is no calling code 999");
	}

	@Test
	void savesMovedSwitchesWithoutJavaScript() {
		this.policies.allow(this.id, Set.of("54", "49"));
		this.http.get(CODES + "?policy=" + this.id);
		this.policies.allow(this.id, Set.of("34"));
		var saved = this.http.post(CODES + "/" + this.id + "/codes",
				Map.of("act", "save", "was", "54,49", "on", "54,52"));
		assertThat(saved.statusCode()).isEqualTo(302);
		assertThat(allowed()).as("34 was somebody else's").containsExactly("34", "52", "54");
		assertThat(this.http.get(CODES + "?policy=" + this.id).body()).contains("1 code allowed, 1 code blocked");
	}

	@Test
	void changesManyAtOnce() {
		this.http.get(CODES + "?policy=" + this.id);
		this.http.post(CODES + "/" + this.id + "/codes", Map.of("act", "allow", "code", "54,49,1"));
		assertThat(allowed()).containsExactly("1", "49", "54");
		this.http.post(CODES + "/" + this.id + "/codes", Map.of("act", "block", "code", "49"), HTMX);
		assertThat(allowed()).containsExactly("1", "54");
		this.http.post(CODES + "/" + this.id + "/codes",
				Map.of("act", "allow", "all", "true", "filter", "territories"));
		assertThat(allowed()).hasSize(29);
		assertThat(this.http.post(CODES + "/" + this.id + "/codes", Map.of("act", "drop")).statusCode()).isEqualTo(400);
		assertThat(this.http.post(CODES + "/4711/codes", Map.of("act", "allow", "code", "54")).statusCode())
			.isEqualTo(302);
	}

	@Test
	void drawsTheMap() {
		this.policies.allow(this.id, Set.of("1"));
		var map = this.http.get(CODES + "?policy=" + this.id + "&view=map&zoom=europe").body();
		assertThat(map).contains("viewBox=\"390 45 220 170\"");
		assertThat(shape(map, "CA")).contains("is-open");
		assertThat(shape(map, "US")).contains("is-open");
		assertThat(shape(map, "BS")).doesNotContain("is-open").contains("data-codes=\"1242\"");
		assertThat(shape(map, "AR")).doesNotContain("is-open");
	}

	private static String shape(String map, String iso) {
		var found = Pattern.compile("<(path|circle) id=\"" + iso + "\"[^>]*>").matcher(map);
		assertThat(found.find()).as(iso).isTrue();
		return found.group();
	}

	@Test
	void exportsTheListAsCsv() {
		this.policies.allow(this.id, Set.of("54"));
		var csv = this.http.get(CODES + ".csv?policy=" + this.id);
		assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		var lines = List.of(csv.body().split("\r\n"));
		assertThat(lines).hasSize(243)
			.contains("54,Argentina,AR,Latin America,Allowed,",
					"1,\"United States, Canada\",US CA,North America,Blocked,")
			.noneMatch((line) -> line.matches("[=+@-].*"));
		assertThat(this.http.get(CODES + ".csv?policy=" + this.id + "&filter=allowed").body().split("\r\n")).hasSize(2);
	}

	@Test
	void guardsTheDialingCode() {
		this.http.get(CODES + "?policy=" + this.id);
		var refused = this.http.post(CODES + "/" + this.id + "/dialing-code",
				Map.of("dialingCode", "abc", "seen", "00"));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("Type what is dialed before a foreign number", "value=\"abc\"",
				"aria-invalid=\"true\"");
		var empty = this.http.post(CODES + "/" + this.id + "/dialing-code", Map.of("dialingCode", "", "seen", "00"),
				HTMX);
		assertThat(empty.statusCode()).isEqualTo(200);
		assertThat(empty.body()).contains("Type what is dialed before a foreign number").doesNotContain("<html");
		this.http.post(CODES + "/" + this.id + "/dialing-code", Map.of("dialingCode", "098", "seen", "00"));
		this.http.post(CODES + "/" + this.id + "/protection", Map.of("enabled", "true"));
		assertThat(this.policies.rules(this.id).dialingCode()).isEqualTo("098");
		assertThat(this.policies.rules(this.id).protectionEnabled()).isTrue();
		var late = this.http.post(CODES + "/" + this.id + "/dialing-code", Map.of("dialingCode", "00", "seen", "00"));
		assertThat(late.body()).contains("Somebody else changed this meanwhile: it is now 098");
	}

	@Test
	void aViewerSeesAndChangesNothing() {
		var viewer = as(Role.VIEWER);
		var page = viewer.get(CODES + "?policy=" + this.id).body();
		assertThat(page).doesNotContain("data-select-all", "New policy", "name=\"act\"");
		assertThat(count(page, "disabled=\"disabled\"")).isGreaterThanOrEqualTo(242);
		assertThat(viewer.post(CODES + "/" + this.id + "/54/allow", Map.of()).statusCode()).isEqualTo(403);
		assertThat(viewer.get(SETTINGS + "?policy=" + this.id).body()).doesNotContain("Rename", ">Save<");
		assertThat(viewer.get("/policies/new").statusCode()).isEqualTo(403);
		assertThat(
				as(Role.OPERATOR).post("/policies", Map.of("name", "x", "homeCountry", "MX", "from", "1")).statusCode())
			.isEqualTo(403);
	}

	@Test
	void offersWhatTheHomeCountryUses() {
		this.http.get(SETTINGS + "?policy=" + this.id);
		this.http.post(SETTINGS + "/" + this.id + "/home-country", Map.of("homeCountry", "US", "seen", "MX"));
		var rules = this.policies.rules(this.id);
		assertThat(rules.homeCountry()).isEqualTo("US");
		assertThat(rules.dialingCode()).as("never silently").isEqualTo("00");
		assertThat(this.http.get(SETTINGS + "?policy=" + this.id).body())
			.contains("011 is the usual International Dialing Code in United States", "Use 011");
		var unknown = this.http.post(SETTINGS + "/" + this.id + "/home-country",
				Map.of("homeCountry", "??", "seen", "US"));
		assertThat(unknown.body()).contains("Choose a country from the list");
	}

	@Test
	void keepsEmergencyNumbers() {
		this.http.get(SETTINGS + "?policy=" + this.id);
		var seen = String.join(" ", this.policies.rules(this.id).emergencyNumbers());
		var refused = this.http.post(SETTINGS + "/" + this.id + "/emergency-numbers",
				Map.of("numbers", "911, 9x", "seen", seen));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("“9x” is not an emergency number", "value=\"911, 9x\"");
		assertThat(this.http.post(SETTINGS + "/" + this.id + "/emergency-numbers", Map.of("numbers", " ", "seen", seen))
			.body()).contains("Type at least one emergency number");
		assertThat(this.http
			.post(SETTINGS + "/" + this.id + "/emergency-numbers", Map.of("numbers", "911 0012", "seen", seen))
			.body()).contains("Emergency number 0012 begins with the International Dialing Code 00");
		this.http.post(SETTINGS + "/" + this.id + "/emergency-numbers", Map.of("numbers", "911,066;065", "seen", seen));
		assertThat(this.policies.rules(this.id).emergencyNumbers()).containsExactly("065", "066", "911");
	}

	@Test
	void removesAPrefixOnlyAfterAWarning() {
		this.http.get(SETTINGS + "?policy=" + this.id);
		var form = Map.of("prefix", "011", "add", "", "seen", "+ 00 011");
		var warned = this.http.post(SETTINGS + "/" + this.id + "/prefixes", form);
		assertThat(warned.statusCode()).isEqualTo(422);
		assertThat(warned.body()).contains("+ would no longer count as international", "+621938384");
		assertThat(this.policies.rules(this.id).internationalPrefixes()).contains("+");
		this.http.post(SETTINGS + "/" + this.id + "/prefixes",
				Map.of("prefix", "011", "add", "", "seen", "+ 00 011", "confirmed", "+"));
		assertThat(this.policies.rules(this.id).internationalPrefixes()).containsExactly("00", "011");
		assertThat(this.http
			.post(SETTINGS + "/" + this.id + "/prefixes", Map.of("prefix", "011", "add", "0a", "seen", "00 011"))
			.body()).contains("“0a” is not a prefix");
	}

	@Test
	void createsRenamesAndDeletes() {
		assertThat(this.http.get("/policies/new?from=" + this.id).statusCode()).isEqualTo(200);
		var refused = this.http.post("/policies",
				Map.of("name", "pages", "homeCountry", "DE", "from", Long.toString(this.id)));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("There is already a policy named Pages", "value=\"pages\"");
		var created = this.http.post("/policies",
				Map.of("name", "Germany", "homeCountry", "DE", "from", Long.toString(this.id)));
		assertThat(created.statusCode()).isEqualTo(302);
		long germany = this.policies.all().getLast().id();
		assertThat(this.http.get(SETTINGS + "?policy=" + germany).body()).contains("Policy Germany is created");
		this.http.post("/policies/" + germany + "/name", Map.of("name", "Deutschland", "seen", "Germany"));
		assertThat(this.policies.names()).containsEntry(germany, "Deutschland");
		this.http.post("/policies/" + germany + "/delete", Map.of());
		assertThat(this.policies.find(germany)).isEmpty();
	}

	@Test
	void keepsTheWorkingWeek() {
		var before = this.week.hours();
		try {
			this.http.get("/settings");
			var revision = Long.toString(this.week.revision());
			var wrong = this.http.post("/settings", Map.of("revision", revision, "zone", "Mars/Olympus", "open-1",
					"true", "from-1", "25:00", "to-1", "x"));
			assertThat(wrong.statusCode()).isEqualTo(422);
			assertThat(wrong.body()).contains("Choose a time zone from the list", "Type when Monday opens",
					"value=\"25:00\"");
			var order = this.http.post("/settings",
					Map.of("revision", revision, "zone", "UTC", "open-2", "true", "from-2", "18:00", "to-2", "09:00"));
			assertThat(order.body()).contains("Type an end after 18:00, or untick Tuesday");
			this.http.post("/settings", Map.of("revision", revision, "zone", "America/Mexico_City", "open-1", "true",
					"from-1", "7", "to-1", "24:00"));
			assertThat(this.week.hours().days()).hasSize(1);
			assertThat(this.week.hours().zone().getId()).isEqualTo("America/Mexico_City");
			var late = this.http.post("/settings", Map.of("revision", revision, "zone", "UTC"));
			assertThat(late.statusCode()).isEqualTo(409);
			assertThat(late.body()).contains("Somebody else changed the business hours meanwhile",
					"Monday 07:00-24:00");
		}
		finally {
			this.week.restore(before);
		}
	}

	@Test
	void everyRefusalHasWords() {
		for (Class<?> kind : PolicyChange.Refused.class.getPermittedSubclasses()) {
			if (kind.isRecord()) {
				assertThat(this.messages.getMessage("policy.refused." + kind.getSimpleName(), new Object[] { 1, "x" },
						Locale.ENGLISH))
					.isNotBlank();
			}
		}
	}

	private static int count(String text, String part) {
		return text.split(Pattern.quote(part), -1).length - 1;
	}

}
