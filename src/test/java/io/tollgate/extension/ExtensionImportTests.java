package io.tollgate.extension;

import java.nio.charset.StandardCharsets;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** From the file to the extensions, over HTTP and without JavaScript. */
@TollgateTest
class ExtensionImportTests {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private long plant;

	private Http http;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.plant = this.registry
			.add(new NewPbx(new PbxConnection("Import plant", "127.0.0.1", 15_041, false, null, "tollgate"), false, 1),
					"secret")
			.id();
		this.extensions.discovered(this.plant,
				List.of(new Discovered("1001", "Valentina"), new Discovered("1002", "Diego")));
		this.http = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		this.http.get("/extensions");
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.plant);
		SecurityContextHolder.clearContext();
	}

	private java.net.http.HttpResponse<String> upload(String csv) {
		var part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
		return this.http.exchange("POST", "/extensions/import",
				part.formatted("pbx", "", this.plant) + part.formatted("_csrf", "", this.http.token())
						+ part.formatted("file", "; filename=\"e.csv\"", csv) + "--b--\r\n",
				"multipart/form-data; boundary=b");
	}

	private String uploaded(String csv) {
		var answer = upload(csv);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		return answer.headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+", "");
	}

	private CallRestrictions now(String number) {
		return this.extensions.find(this.plant, number).orElseThrow().restrictions();
	}

	@Test
	void showsWhatItWouldDoAndDoesThat() {
		var path = uploaded("""
				Extension Number,First Name,Disallow International Calls,Max Outbound Call Duration (s)
				1001,Other,0,60
				1002,Diego,1,
				1003,Ana <b>,0,
				1003,twice,,
				x y,bad,,
				""");
		var page = this.http.get(path).body();
		assertThat(page)
			.contains("Import 2 extensions", "Valentina", "Ana &lt;b&gt;",
					"Disallow International Calls: ticked → not ticked", "No limit → 60",
					"Line 4 has this number already", "&quot;x y&quot; is no number of an extension")
			.doesNotContain("Other");
		assertThat(this.http.get(path + "?show=new").body()).contains("Ana").doesNotContain("Valentina");
		assertThat(now("1001")).isEqualTo(CallRestrictions.DEFAULT);
		long revision = revision();
		assertThat(this.http.post(path, Map.of("count", "7")).headers().firstValue("Location").orElseThrow())
			.endsWith(path);
		assertThat(this.http.post(path, Map.of("count", "2")).headers().firstValue("Location").orElseThrow())
			.endsWith("/extensions?pbx=" + this.plant);
		assertThat(now("1001")).isEqualTo(new CallRestrictions(false, false, false, 60));
		assertThat(revision()).isGreaterThan(revision);
		assertThat(this.http.get("/extensions?show=gone&pbx=" + this.plant).body()).contains("Ana &lt;b&gt;");
		assertThat(this.http.get(path).statusCode()).isEqualTo(404);
		assertThat(this.jdbc.queryForObject("""
				select after_text from audit_event where action = 'extension.imported' and pbx_id = ?
				""", String.class, this.plant)).isEqualTo("1 set up: 1003\n1 changed: 1001\n");
	}

	private long revision() {
		return this.jdbc.queryForObject("select revision from pbx where id = ?", Long.class, this.plant);
	}

	/** What was set up waits for the PBX, and no call is decided by it before. */
	@Test
	void whatIsSetUpHoldsOnceThePbxReportsIt() {
		this.http.post(uploaded("extension,disallow outbound calls\n1009,1\n"), Map.of("count", "1"));
		assertThat(this.extensions.find(this.plant, "1009")).isEmpty();
		assertThat(this.extensions.restrictions(this.plant)).doesNotContainKey("1009");
		this.extensions.discovered(this.plant, List.of(new Discovered("1001", "Valentina"),
				new Discovered("1002", "Diego"), new Discovered("1009", "Lucía")));
		assertThat(now("1009")).isEqualTo(new CallRestrictions(true, true, false, null));
		assertThat(this.extensions.counts()).containsEntry(this.plant, 3L);
	}

	@Test
	void itsOwnExportChangesNothing() {
		var csv = this.http.get("/extensions.csv?pbx=" + this.plant).body();
		assertThat(this.http.get(uploaded(csv)).body()).contains("Same <span class=\"chip__n\">2</span>")
			.doesNotContain("Import 1", "Import 2");
	}

	@Test
	void refusesInWordsAndOnlyOperatorsMay() {
		var refused = upload("name\nx\n");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("There is no column with the numbers", "Import plant");
		assertThat(upload("").body()).contains("Choose a file first");
		assertThat(this.jdbc.queryForObject("select count(*) from extension_import where pbx_id = ?", Integer.class,
				this.plant))
			.isZero();
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(viewer.get("/extensions/import").statusCode()).isEqualTo(403);
		assertThat(viewer.get(uploaded("extension\n1\n")).statusCode()).isEqualTo(403);
	}

	/** Larger than other pages take, and only from somebody who is signed in. */
	@Test
	void aLargeFileIsTakenFromSomebodyOnly() {
		var large = "extension,name,notes\n" + "1001,x,%s\n".formatted("n".repeat(60_000)).repeat(40);
		assertThat(large.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(2_000_000);
		assertThat(upload(large).statusCode()).isEqualTo(302);
		var nobody = new Http(this.port);
		nobody.get("/sign-in");
		this.http = nobody;
		assertThat(upload("extension\n1\n").statusCode()).isEqualTo(302);
		assertThat(refusedAtOnce(large)).isTrue();
	}

	/** The line may be cut before the answer is read. */
	private boolean refusedAtOnce(String csv) {
		try {
			return upload(csv).statusCode() == 413;
		}
		catch (java.io.UncheckedIOException ex) {
			return true;
		}
	}

}
