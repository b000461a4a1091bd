package io.tollgate.policy;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import io.tollgate.account.Role;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.PolicyChange.HomeIsRestricted;
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

/** The number restrictions without JavaScript, and what htmx is answered. */
@TollgateTest
class RestrictionPagesTests {

	private static final String[] HTMX = { "HX-Request", "true" };

	private static final String PATH = "/security/number-restrictions";

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists lists;

	@Autowired
	TestAccounts people;

	@Autowired
	MessageSource messages;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private Http http;

	private long id;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("US offices", "US", null)).rules().id();
		this.http = as(Role.OPERATOR);
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx where policy_id = ?", this.id);
		this.jdbc.update("delete from policy where name like 'US offices%'");
	}

	private Http as(Role role) {
		return new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
	}

	private String page() {
		return page(this.http);
	}

	private String page(Http reader) {
		return reader.get(PATH + "?policy=" + this.id).body();
	}

	private SortedSet<String> entries() {
		return this.lists.of(this.id, 0).entries();
	}

	private long portland() {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values ('Portland restrictions', 'pdx.invalid', 5038, false, 'tollgate', ?, ?, current_timestamp)""",
				new byte[] { 1 }, this.id);
		return this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	@Test
	void startsEmpty() {
		assertThat(page()).contains("No number is restricted", "21 numbers", "6 numbers", "22 numbers", "5 numbers",
				"1 number", "Off in this policy");
	}

	@Test
	void switchesAPreset() {
		page();
		var post = PATH + "/" + this.id + "/presets/nanp-offshore";
		assertThat(this.http.post(post, Map.of("enabled", "true")).statusCode()).isEqualTo(302);
		assertThat(entries()).hasSize(21);
		assertThat(page()).contains("21 numbers are restricted once this is applied.", "+1 242", "Bahamas");
		var off = this.http.post(post, Map.of(), HTMX);
		assertThat(off.body()).contains("id=\"presets\"", "id=\"apply-strip\"").doesNotContain("<html");
		assertThat(entries()).isEmpty();
		assertThat(this.http.post(PATH + "/" + this.id + "/presets/nope", Map.of()).statusCode()).isEqualTo(404);
	}

	@Test
	void addsSearchesAndRemoves() {
		page();
		this.http.post(PATH + "/" + this.id + "/entries", Map.of("number", "1-900-XXXXXXX", "note", "<b>Fun lines"));
		assertThat(page()).contains("+1 900 is restricted once this is applied.");
		this.http.post(PATH + "/" + this.id + "/entries", Map.of("number", "976XXXX"));
		assertThat(entries()).containsExactly("1900", "1XXX976");
		assertThat(page()).contains("&lt;b&gt;Fun lines",
				"Read as this exchange in every area code of +1: +1 XXX 976.");
		var found = this.http.get(PATH + "?policy=" + this.id + "&q=fun", HTMX).body();
		assertThat(found).contains("+1 900").doesNotContain("+1 XXX 976", "<html");
		assertThat(this.http.get(PATH + "?policy=" + this.id + "&q=900", HTMX).body()).contains("+1 900");
		assertThat(this.http.get(PATH + "?policy=" + this.id + "&q=nothing").body()).contains("No number matches");
		this.http.post(PATH + "/" + this.id + "/remove", Map.of("entry", "1900"));
		assertThat(entries()).containsExactly("1XXX976");
		assertThat(page()).contains("+1 900 is no longer restricted once this is applied.");
	}

	@Test
	void aRefusedNumberComesBack() {
		page();
		var refused = this.http.post(PATH + "/" + this.id + "/entries", Map.of("number", "+1", "note", "all"));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("the whole of United States", "value=\"+1\"", "value=\"all\"",
				"aria-invalid=\"true\"");
		assertThat(entries()).isEmpty();
		assertThat(this.http.post(PATH + "/4711/entries", Map.of("number", "1900")).statusCode()).isEqualTo(404);
	}

	@Test
	void importsAfterAPreview() {
		this.lists.add(this.id, Map.of("881", "Ours", "1900", ""));
		assertThat(this.http.get(PATH + "/import?policy=" + this.id).body()).contains("Or paste it here");
		var file = ",,1900xxxxxxx\n,,1976xxxxxxx\n,,hello\n,,1\n,,1242xxxxxxx\n";
		var preview = this.http.post(PATH + "/" + this.id + "/import", Map.of("text", file)).body();
		assertThat(preview).contains("which FreePBX itself refuses", "2 rows cannot be imported",
				"Nothing is changed yet", "976 is an exchange", "There already", "Import 3 numbers",
				"“hello” is not the beginning of a number");
		assertThat(entries()).as("a preview changes nothing").containsExactly("1900", "881");
		this.http.post(PATH + "/" + this.id + "/import/apply", Map.of("text", file, "mode", "append"));
		assertThat(entries()).containsExactly("1242", "1900", "1XXX976", "881");
		this.http.post(PATH + "/" + this.id + "/import/apply", Map.of("text", file, "mode", "replace"));
		assertThat(entries()).containsExactly("1242", "1900", "1XXX976");
		assertThat(this.http.post(PATH + "/" + this.id + "/import", Map.of()).body())
			.contains("Choose a file or paste");
		assertThat(this.http.post(PATH + "/" + this.id + "/import/apply", Map.of("text", "x", "mode", "replace"))
			.statusCode()).isEqualTo(400);
	}

	@Test
	void exportsWhatItImports() {
		this.lists.add(this.id, Map.of("881", "", "1900", "", "1XXX976", ""));
		var csv = this.http.get(PATH + ".csv?policy=" + this.id);
		assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(csv.body())
			.isEqualTo("prepend,prefix,match pattern,callerid\r\n,,1900.,\r\n,,1NXX976.,\r\n,,011881.,\r\n");
	}

	@Test
	void exemptsAnExtension() {
		assertThat(page()).contains("No PBX has this policy yet");
		long pbx = portland();
		assertThat(page()).contains("Restrict something first");
		this.lists.setPreset(this.id, RestrictionPreset.SATELLITE, true);
		var form = Map.of("pbx", Long.toString(pbx), "extension", "1001", "target", "SATELLITE", "until",
				"2099-01-31T18:00");
		page();
		this.http.post(PATH + "/" + this.id + "/exemptions", form);
		assertThat(this.lists.of(this.id, pbx).exemptions()).hasSize(5);
		assertThat(page()).contains("Extension 1001 is exempt once this is applied.", "ends in", "Jan 31, 2099");
		this.jdbc
			.update("update restriction_exemption set ends_at = timestamp with time zone '2020-01-01 00:00:00+00'");
		assertThat(page()).contains("Ended", "days ago");
		this.lists.setPreset(this.id, RestrictionPreset.SATELLITE, false);
		assertThat(page()).contains("Without effect");
		var exemption = this.lists.exemptions(this.id).getFirst().id();
		this.http.post(PATH + "/" + this.id + "/exemptions/" + exemption + "/remove", Map.of());
		assertThat(this.lists.exemptions(this.id)).isEmpty();
	}

	@Test
	void aRefusedExemptionComesBack() {
		var pbx = Long.toString(portland());
		this.lists.setPreset(this.id, RestrictionPreset.SATELLITE, true);
		page();
		var past = this.http.post(PATH + "/" + this.id + "/exemptions",
				Map.of("pbx", pbx, "extension", "1001", "target", "881", "until", "2020-01-01T00:00"));
		assertThat(past.statusCode()).isEqualTo(422);
		assertThat(past.body()).contains("This time is over already", "value=\"1001\"");
		assertThat(this.http
			.post(PATH + "/" + this.id + "/exemptions",
					Map.of("pbx", pbx, "extension", "1001", "target", "881", "until", "soon"))
			.body()).contains("Choose a date and a time");
		assertThat(this.http.post(PATH + "/" + this.id + "/exemptions", Map.of("pbx", pbx, "extension", "")).body())
			.contains("Type the number of an extension");
		this.jdbc.update("insert into extension (pbx_id, number) values (?, '1012')", Long.valueOf(pbx));
		assertThat(this.http
			.post(PATH + "/" + this.id + "/exemptions", Map.of("pbx", pbx, "extension", "1001", "target", "881"))
			.body()).contains("has no extension 1001");
	}

	@Test
	void aViewerOnlyLooks() {
		this.lists.add(this.id, Map.of("1900", ""));
		var viewer = as(Role.VIEWER);
		assertThat(page(viewer)).contains("+1 900").doesNotContain("Import CSV", "id=\"number\"");
		assertThat(viewer.post(PATH + "/" + this.id + "/remove", Map.of("entry", "1900")).statusCode()).isEqualTo(403);
		assertThat(viewer.get(PATH + "/import?policy=" + this.id).statusCode()).isEqualTo(403);
	}

	@Test
	void copiesGoAlongAndTheHomeCountryStaysFree() {
		this.lists.add(this.id, Map.of("52", "Mexico", "1900", ""));
		assertThat(this.policies.setHomeCountry(this.id, "MX")).isEqualTo(new HomeIsRestricted("+52"));
		long copy = ((Changed) this.policies.create("US offices in Mexico", "MX", this.id)).rules().id();
		assertThat(this.lists.of(copy, 0).entries()).containsExactly("1900");
	}

	@Test
	void longListsHavePages() {
		var many = new java.util.TreeMap<String, String>();
		for (int i = 0; i < 450; i++) {
			many.put("1900" + (100 + i), "");
		}
		this.lists.add(this.id, many);
		assertThat(page()).contains("1900100".substring(4), "page=1").doesNotContain("900300");
		assertThat(this.http.get(PATH + "?policy=" + this.id + "&page=2").body()).contains("549");
		assertThat(this.http.get(PATH + "?policy=" + this.id + "&page=9999").body()).contains("549");
	}

	@Test
	void everyRefusalAndAssumptionHasWords() {
		for (Class<?> kind : RestrictionChange.class.getDeclaredClasses()) {
			if (kind.isRecord() && RestrictionChange.Refused.class.isAssignableFrom(kind)) {
				hasWords("restriction.refused." + kind.getSimpleName());
			}
		}
		for (var assumed : RestrictionReading.Assumed.values()) {
			hasWords("restriction.assumed." + assumed);
		}
		for (var omitted : RestrictionImport.Omitted.values()) {
			hasWords("restriction.omitted." + omitted);
		}
		for (var layout : RestrictionImport.Layout.values()) {
			hasWords("restriction.import.layout." + layout);
		}
		for (var preset : RestrictionPreset.values()) {
			hasWords("restriction.preset." + preset);
			hasWords("restriction.preset." + preset + ".text");
		}
		for (String direction : Set.of("ends", "ended")) {
			for (String unit : Set.of("minutes", "hours", "days")) {
				hasWords("restriction." + direction + "." + unit);
			}
		}
	}

	private void hasWords(String key) {
		assertThatCode(() -> this.messages.getMessage(key, new Object[] { 1, "a", 2, "b", 3 }, ENGLISH)).as(key)
			.doesNotThrowAnyException();
	}

}
