package io.tollgate.policyfile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Files of policies against the services of the pages. */
@TollgateTest
class PolicyImportTests {

	@Autowired
	PolicyImport imports;

	@Autowired
	WrittenPolicies written;

	@Autowired
	PlanWords words;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists lists;

	@Autowired
	PbxRegistry pbxs;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private long id;

	private long pbx;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("Filed", "US", null)).rules().id();
		this.pbx = this.pbxs
			.add(new NewPbx(new PbxConnection("Filed PBX", "192.0.2.7", 5038, false, null, "tollgate"), false, this.id),
					"marker-secret-of-a-file")
			.id();
		this.policies.allow(this.id, Set.of("54", "1"));
		this.lists.add(this.id, Map.of("44900", "Premium # \"rate\""));
		this.lists.setPreset(this.id, RestrictionPreset.SATELLITE, true);
		this.lists.exempt(this.pbx, "1012", "44900", null);
		this.lists.exempt(this.pbx, "1013", "SATELLITE", Instant.parse("2099-01-31T18:00:00Z"));
	}

	@AfterEach
	void clear() {
		this.pbxs.remove(this.pbx);
		this.policies.all()
			.stream()
			.filter((rules) -> rules.name().startsWith("Filed"))
			.forEach((rules) -> this.policies.delete(rules.id()));
	}

	private String file() {
		return this.written.file(List.of(this.policies.rules(this.id)));
	}

	private long trail() {
		return this.jdbc.sql("select count(*) from audit_event").query(Long.class).single();
	}

	private List<String> edits(Planned planned) {
		return this.words.tell(planned.edits(), planned.pbxs(), Locale.ENGLISH).policies().getFirst().edits();
	}

	@Test
	void whatIsExportedIsNoChange() {
		var text = file();
		assertThat(text).contains("+44900", "SATELLITE".toLowerCase(Locale.ROOT), "Filed PBX", "2099-01-31T18:00:00Z",
				"\"AR\" # Argentina +54", "\"+1\" # United States, Canada");
		assertThat(text).doesNotContain("marker-secret");
		long before = trail();
		assertThat(this.imports.plan(PolicyFileReader.read(text), false).edits()).isEmpty();
		assertThat(this.imports.apply(PolicyFileReader.read(text), false)).isEmpty();
		assertThat(trail()).isEqualTo(before);
		assertThat(file()).isEqualTo(text);
	}

	@Test
	void thePortalHandsOutTheSame() {
		var http = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(http.get("/security/settings?policy=" + this.id).body())
			.contains("/policies.yaml?policy=" + this.id);
		var one = http.get("/policies.yaml?policy=" + this.id);
		assertThat(one.headers().firstValue("Content-Type")).hasValue("application/yaml;charset=UTF-8");
		assertThat(one.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
		assertThat(one.body()).isEqualTo(file());
		assertThat(http.get("/policies.yaml").body()).isEqualTo(this.written.file(this.policies.all()));
		assertThat(http.get("/policies.yaml?policy=999999").statusCode()).isEqualTo(404);
	}

	@Test
	void plansAndTakesOver() {
		var text = file().replace("# Argentina +54", "\n      - FR")
			.replace("protection: false", "protection: true")
			.replace("dialingCode: \"011\"", "dialingCode: \"11\"")
			.replace("[\"112\", \"911\"]", "[\"911\"]")
			.replace("+44900", "+44901")
			.replace("[satellite]", "[satellite, nanp-premium]");
		var read = PolicyFileReader.read(text);
		long revision = this.policies.revision(this.id);
		long before = trail();
		var planned = this.imports.plan(read, false);
		assertThat(edits(planned)).containsExactly("Dialing protection on", "International Dialing Code: 011 → 11",
				"Emergency numbers: 112, 911 → 911", "Allowed: France (+33)", "Restricted, preset: NANP premium rate",
				"Restricted: +44901", "Not restricted any more: +44900", "Exempted: 1012 on Filed PBX from +44901",
				"Not exempted any more: 1012 on Filed PBX from +44900");
		assertThat(this.words.tell(planned.edits(), planned.pbxs(), Locale.ENGLISH).pending())
			.anySatisfy((some) -> assertThat(some.pbxs()).containsExactly("Filed PBX"));
		assertThat(this.policies.revision(this.id)).isEqualTo(revision);
		assertThat(trail()).isEqualTo(before);

		assertThat(this.imports.apply(read, false)).hasSize(1);
		assertThat(trail()).isGreaterThan(before);
		assertThat(this.imports.plan(read, false).edits()).isEmpty();
		var rules = this.policies.rules(this.id);
		assertThat(rules.allowedCodes()).containsExactly("1", "33", "54");
		assertThat(rules.internationalPrefixes()).containsExactly("+", "00", "11");
		assertThat(file()).isEqualTo(PolicyFileWriter.write(read.policies()));
	}

	@Test
	void anythingWrongAndNothingIsDone() {
		var before = file();
		var thrown = catchThrowableOfType(FaultyFileException.class, () -> this.imports.apply(PolicyFileReader.read("""
				version: 1
				policies:
				  - name: Filed too
				    homeCountry: DE
				  - name: filed
				    protection: true
				    dialingCode: "9"
				    restrictions:
				      numbers:
				        - number: "+33"
				        - number: "+1"
				    exemptions:
				      - {pbx: Elsewhere, extension: "1", number: "+33"}
				      - {pbx: Filed PBX, extension: "1", number: "+34"}
				  - name: Filed new
				"""), false));
		assertThat(thrown.faults().stream().map((fault) -> fault.path() + ":" + fault.line())).containsExactly(
				"/policies/1/emergencyNumbers:5", "/policies/1/restrictions/numbers/1/number:11",
				"/policies/1/exemptions/0/pbx:13", "/policies/1/exemptions/1:14", "/policies/2:15");
		assertThat(file()).isEqualTo(before);
		assertThat(this.policies.names()).doesNotContainValue("Filed too");
	}

	/** What stands in the way of the new home goes first, what needs it comes last. */
	@Test
	void movesAPolicyToAnotherCountry() {
		this.lists.add(this.id, Map.of("49", ""));
		var read = PolicyFileReader.read("""
				version: 1
				policies:
				  - {name: Filed, homeCountry: DE, restrictions: {numbers: [{number: "+1"}]}}
				""");
		assertThat(this.imports.apply(read, false)).hasSize(1);
		assertThat(this.policies.rules(this.id).homeCountry()).isEqualTo("DE");
		assertThat(this.lists.list(this.id)).extracting((each) -> each.entry()).contains("1").doesNotContain("49");
	}

	@Test
	void prunesOnlyWhenAsked() {
		var all = this.written.file(this.policies.all());
		this.policies.create("Filed away", "DE", null);
		assertThat(this.imports.plan(PolicyFileReader.read(all), false).edits()).isEmpty();
		assertThat(this.imports.plan(PolicyFileReader.read(all), true).edits()).hasSize(1);
		this.imports.apply(PolicyFileReader.read(all), true);
		assertThat(this.policies.names()).doesNotContainValue("Filed away");
		var thrown = catchThrowableOfType(FaultyFileException.class,
				() -> this.imports.apply(PolicyFileReader.read("version: 1\npolicies: []"), true));
		assertThat(thrown.faults()).isNotEmpty();
		assertThat(this.policies.names()).containsValue("Filed");
	}

}
