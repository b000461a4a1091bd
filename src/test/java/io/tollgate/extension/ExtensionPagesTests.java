package io.tollgate.extension;

import java.util.List;
import java.util.Map;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages without JavaScript, over HTTP. */
@TollgateTest
class ExtensionPagesTests {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	Groups groups;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private long first;

	private long second;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.first = pbx("Pages plant", 15_038);
		this.second = pbx("Pages office", 15_039);
		this.extensions.discovered(this.first,
				List.of(new Discovered("1012", "Valentina Ríos"), new Discovered("1013", "Diego Cantú"),
						new Discovered("1014", "=HYPERLINK(\"http://evil\")"), new Discovered("99", "Gate")));
		this.extensions.discovered(this.second, List.of(new Discovered("1012", "Tom <b>Okafor</b>")));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.first);
		this.registry.remove(this.second);
		SecurityContextHolder.clearContext();
	}

	private long pbx(String name, int amiPort) {
		return this.registry
			.add(new NewPbx(new PbxConnection(name, "127.0.0.1", amiPort, false, null, "tollgate"), false, 1), "secret")
			.id();
	}

	private Http as(Role role) {
		return new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
	}

	private long id(long pbx, String number) {
		return this.extensions.find(pbx, number).orElseThrow().id();
	}

	private CallRestrictions now(long pbx, String number) {
		return this.extensions.find(pbx, number).orElseThrow().restrictions();
	}

	@Test
	void aViewerSeesButCannotEdit() {
		var http = as(Role.VIEWER);
		var page = http.get("/extensions?q=pages").body();
		assertThat(page).contains("Valentina Ríos", "Pages plant", "Pages office", "Tom &lt;b&gt;Okafor&lt;/b&gt;")
			.doesNotContain("name=\"ext\"", "/extensions/edit?");
		assertThat(http.get("/extensions/edit?ext=" + id(this.first, "1012")).statusCode()).isEqualTo(403);
		var answer = http.post("/extensions/save",
				Map.of("ext", "" + id(this.first, "1012"), "change", "outbound", "disallowOutbound", "true"));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(now(this.first, "1012")).isEqualTo(CallRestrictions.DEFAULT);
	}

	@Test
	void searchesWithoutAccentsSortsAndCounts() {
		var http = as(Role.OPERATOR);
		assertThat(http.get("/extensions?q=rios+PLANT").body()).contains("Valentina Ríos").doesNotContain("Diego");
		assertThat(http.get("/extensions?q=%EF%BC%91%EF%BC%90%EF%BC%91%EF%BC%93").body()).contains("Diego Cantú");
		var page = http.get("/extensions?pbx=" + this.first).body();
		assertThat(page.indexOf(">99<")).isLessThan(page.indexOf(">1012<"));
		assertThat(page).contains("All <span class=\"chip__n\">4</span>").doesNotContain("Okafor");
		assertThat(http.get("/extensions?q=nobody-is-called-so").body()).contains("No extension matches");
		for (var odd : List.of("?page=-1", "?page=99999999", "?page=900", "?pbx=x", "?sort=id;drop", "?show=x")) {
			assertThat(http.get("/extensions" + odd).statusCode()).as(odd).isEqualTo(200);
		}
	}

	@Test
	void aGroupThatSomebodyElseSavedMeanwhileIsNotReplacedUnseen() {
		var key = ((GroupChange.Changed) this.groups.create(this.first, "Sales", "1012")).key();
		var path = "/groups/" + key + "?pbx=" + this.first;
		var http = as(Role.OPERATOR);
		var seen = seen(http.get(path).body());
		var typed = Map.of("name", "Sales team", "members", "1013, 99", "seen", seen);
		assertThat(http.post(path, Map.of("name", "", "members", "99", "seen", seen)).body())
			.contains("Type a name", "value=\"" + seen + "\"")
			.doesNotContain("Somebody else");
		this.groups.save(this.first, key, "Night desk", "1012-1014");
		var refused = http.post(path, typed);
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("Somebody else saved this group meanwhile",
				"It is now: Night desk; 3 extensions: 1012-1014. What you typed", "value=\"Sales team\"", ">1013, 99<");
		assertThat(this.groups.find(this.first, key).orElseThrow().name()).isEqualTo("Night desk");
		assertThat(http.post(path, Map.of("name", "Sales team", "members", "99")).statusCode()).isEqualTo(409);
		var again = Map.of("name", "Sales team", "members", "1013, 99", "seen", seen(refused.body()));
		assertThat(http.post(path, again).statusCode()).isEqualTo(302);
		assertThat(this.groups.find(this.first, key).orElseThrow().members()).containsExactly("1013", "99");
	}

	private static String seen(String page) {
		return page.replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]{64})\".*", "$1");
	}

	@Test
	void changesOnlyTickedFields() {
		var http = as(Role.OPERATOR);
		long id = id(this.first, "1012");
		var page = http.get("/extensions/edit?ext=" + id).body();
		assertThat(page).contains("Edit extension 1012", "Monday to Friday 08:00–18:00 (UTC)", "Ticked on 1 of 1");
		var answer = http.post("/extensions/save", Map.of("more", "" + id, "count", "1", "change", "outbound",
				"disallowOutbound", "true", "maxDuration", "60", "disallowOutsideBusinessHours", "true"));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((target) -> assertThat(target).endsWith("/extensions"));
		assertThat(now(this.first, "1012")).isEqualTo(new CallRestrictions(true, true, false, null));
		assertThat(now(this.second, "1012")).isEqualTo(CallRestrictions.DEFAULT);
		assertThat(http.get("/extensions?q=pages&show=unapplied").body()).contains("Valentina").doesNotContain("Diego");
	}

	@Test
	void aBadDurationIsSaidAndNothingIsLost() {
		var http = as(Role.OPERATOR);
		http.get("/extensions");
		for (var bad : List.of("0", "86401", "1e3", "-5", "ten", "１２", "99999999999")) {
			var answer = http.post("/extensions/save", Map.of("more", "" + id(this.first, "1012"), "count", "1",
					"change", "duration,outbound", "disallowOutbound", "true", "maxDuration", bad));
			assertThat(answer.statusCode()).as(bad).isEqualTo(422);
			assertThat(answer.body()).contains("Type whole seconds from 1 to 86400", "value=\"" + bad + "\"");
			assertThat(now(this.first, "1012")).as(bad).isEqualTo(CallRestrictions.DEFAULT);
		}
		var answer = http.post("/extensions/save", Map.of("more", "" + id(this.first, "1012"), "count", "1"));
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("Tick Bulk Edit on at least one row");
		assertThat(http.post("/extensions/edit", Map.of("all", "false")).statusCode()).isEqualTo(302);
		assertThat(http.post("/extensions/edit", Map.of("ext", "x")).statusCode()).isEqualTo(400);
	}

	@Test
	void allThatMatchTravelAsTheFilterAndAChangedSetIsNotSaved() {
		var http = as(Role.OPERATOR);
		http.get("/extensions");
		var filter = Map.of("all", "true", "pbx", "" + this.first, "except", "" + id(this.first, "99"));
		var page = http.post("/extensions/edit", filter).body();
		assertThat(page).contains("Edit 3 extensions").doesNotContain(">99<");
		this.extensions.discovered(this.first, List.of(new Discovered("1012", "Valentina Ríos"),
				new Discovered("1013", "Diego Cantú"), new Discovered("99", "Gate")));
		var save = new java.util.HashMap<>(filter);
		save.putAll(Map.of("count", "3", "change", "international", "act", "apply"));
		var refused = http.post("/extensions/save", save);
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("Meanwhile 2 extensions match instead of 3");
		save.put("count", "2");
		var saved = http.post("/extensions/save", save);
		assertThat(saved.headers().firstValue("Location"))
			.hasValueSatisfying((target) -> assertThat(target).endsWith("/review"));
		assertThat(now(this.first, "1012").disallowInternational()).isFalse();
		assertThat(now(this.first, "99").disallowInternational()).isTrue();
	}

	@Test
	void noOtherFieldCanBeSet() {
		var http = as(Role.OPERATOR);
		http.get("/extensions");
		long id = id(this.first, "1012");
		var answer = http.post("/extensions/save",
				Map.ofEntries(Map.entry("more", "" + id), Map.entry("count", "1"), Map.entry("change", "duration"),
						Map.entry("maxDuration", "1800"), Map.entry("number", "666"), Map.entry("name", "x"),
						Map.entry("present", "false"), Map.entry("pbxId", "" + this.second), Map.entry("id", "1"),
						Map.entry("extension.number", "666"), Map.entry("form.present", "false")));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(this.extensions.find(this.first, "1012")).hasValue(new Extension(id, this.first, "1012",
				"Valentina Ríos", true, new CallRestrictions(true, false, false, 1800)));
	}

	@Test
	void theExportIsSafeForSpreadsheets() {
		var csv = as(Role.VIEWER).get("/extensions.csv?q=pages+plant");
		assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(csv.body().lines()).hasSize(5)
			.contains("1014,\"'=HYPERLINK(\"\"http://evil\"\")\",Pages plant,true,false,false,,true,false");
	}

}
