package io.tollgate.policyfile;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of policies over the API: planned, taken over as planned, once. */
@TollgateTest
class PolicyFileApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String FILES = "/api/v1/policy-files";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	WrittenPolicies written;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists lists;

	@Autowired
	PbxRegistry pbxs;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private TestTokens tokens;

	private String token;

	private long id;

	private long pbx;

	@BeforeEach
	void policy() {
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.ADMINISTRATOR), "policy:read", "policy:write");
		this.id = ((Changed) this.policies.create("Sent", "US", null)).rules().id();
		this.pbx = this.pbxs
			.add(new NewPbx(new PbxConnection("Sent PBX", "192.0.2.8", 5038, false, null, "tollgate"), false, this.id),
					"marker-secret-of-a-file")
			.id();
		this.policies.allow(this.id, Set.of("54"));
		this.lists.add(this.id, Map.of("44900", "Premium"));
		this.lists.exempt(this.pbx, "1012", "44900", null);
	}

	@AfterEach
	void nothing() {
		this.pbxs.remove(this.pbx);
		this.policies.all()
			.stream()
			.filter((rules) -> rules.name().startsWith("Sent"))
			.forEach((rules) -> this.policies.delete(rules.id()));
		this.tokens.remove();
	}

	private HttpResponse<String> ask(String method, String path, String body, String... headers) {
		var all = new String[headers.length + 2];
		all[0] = "Authorization";
		all[1] = "Bearer " + this.token;
		System.arraycopy(headers, 0, all, 2, headers.length);
		return new Http(this.port).exchange(method, path, body, "application/yaml", all);
	}

	private HttpResponse<String> plan(String file) {
		return ask("POST", FILES + "/plan", file);
	}

	private HttpResponse<String> apply(String file, String review, String key) {
		return ask("POST", FILES + "/apply?review=" + review, file, "Idempotency-Key", key);
	}

	private String file() {
		return this.written.file(List.of(this.policies.rules(this.id)));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static List<String> texts(JsonNode list) {
		return list.values().stream().map(JsonNode::asString).toList();
	}

	@Test
	void handsOutFilesAndTheirSchema() throws Exception {
		var one = ask("GET", "/api/v1/policies.yaml?policy=" + this.id, "");
		assertThat(one.headers().firstValue("Content-Type").orElse("")).startsWith("application/yaml");
		assertThat(one.body()).isEqualTo(file());
		assertThat(ask("GET", "/api/v1/policies.yaml", "").body()).isEqualTo(this.written.file(this.policies.all()));
		assertThat(ask("GET", "/api/v1/policies.yaml?policy=999999", "").statusCode()).isEqualTo(404);
		var schema = ask("GET", "/api/v1/policy-file.schema.json", "");
		assertThat(schema.headers().firstValue("Content-Type")).hasValue("application/schema+json");
		assertThat(schema.body())
			.isEqualTo(new ClassPathResource("tollgate-policies-1.schema.json", PolicyFileApiTests.class)
				.getContentAsString(StandardCharsets.UTF_8));
	}

	@Test
	void plansAndTakesOverWhatWasPlannedOnce() {
		var file = file().replace("# Argentina +54", "\n      - FR").replace("+44900", "+44901");
		var before = file();
		var planned = json(plan(file));
		var edit = planned.path("policies").path(0);
		assertThat(edit.path("change").asString()).isEqualTo("changed");
		assertThat(texts(edit.path("words"))).containsExactly("Allowed: France (+33)", "Restricted: +44901",
				"Not restricted any more: +44900", "Exempted: 1012 on Sent PBX from +44901",
				"Not exempted any more: 1012 on Sent PBX from +44900");
		assertThat(texts(edit.path("before").path("allowedCodes"))).containsExactly("54");
		assertThat(texts(edit.path("after").path("allowedCodes"))).containsExactly("33", "54");
		assertThat(edit.path("after").path("exemptions").path(0).path("extension").asString()).isEqualTo("1012");
		assertThat(texts(planned.path("pending").path(0).path("pbxs"))).containsExactly("Sent PBX");
		assertThat(file()).isEqualTo(before);

		var review = planned.path("review").asString();
		assertThat(apply(file, review, "").statusCode()).isEqualTo(400);
		var first = apply(file, review, "file-1");
		assertThat(json(first).path("policies").path(0).path("policy").asString()).isEqualTo("Sent");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33", "54");
		long revision = this.policies.revision(this.id);
		// asked again because no answer came
		assertThat(apply(file, review, "file-1").body()).isEqualTo(first.body());
		assertThat(this.policies.revision(this.id)).isEqualTo(revision);
		assertThat(json(plan(file)).path("policies").isEmpty()).isTrue();
	}

	@Test
	void takesNothingOverThatWasNotPlanned() {
		var file = file().replace("# Argentina +54", "\n      - FR");
		var review = json(plan(file)).path("review").asString();
		// somebody else allows Germany, which the file would take back
		this.policies.allow(this.id, Set.of("49"));
		var refused = apply(file, review, "file-2");
		assertThat(refused.statusCode()).isEqualTo(412);
		assertThat(refused.body()).contains("Plan again");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("49", "54");
		// and who is planned to be served counts, too
		var again = json(plan(file)).path("review").asString();
		long other = this.pbxs
			.add(new NewPbx(new PbxConnection("Sent too", "192.0.2.9", 5038, false, null, "tollgate"), false, this.id),
					"marker-secret-of-a-file")
			.id();
		try {
			assertThat(apply(file, again, "file-3").statusCode()).isEqualTo(412);
		}
		finally {
			this.pbxs.remove(other);
		}
		assertThat(apply(file, again, "file-3").statusCode()).isEqualTo(200);
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33", "54");
	}

	@Test
	void aNewPolicyIsReviewedAsWell() {
		var file = "version: 1\npolicies:\n  - {name: Sent new, homeCountry: DE}\n";
		var planned = json(plan(file));
		assertThat(planned.path("policies").path(0).path("change").asString()).isEqualTo("created");
		assertThat(planned.path("policies").path(0).path("before").isNull()).isTrue();
		assertThat(apply(file, planned.path("review").asString(), "file-4").statusCode()).isEqualTo(200);
		assertThat(this.policies.names()).containsValue("Sent new");
	}

	@Test
	void saysWhatIsWrongAndWhere() {
		var answer = plan("""
				version: 1
				policies:
				  - name: Sent
				    dialingCode: "9"
				    allowedCountries: [AR, Narnia]
				""");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		var errors = JSON.readTree(answer.body()).path("errors");
		assertThat(errors.path(0).path("path").asString()).isEqualTo("/policies/0/allowedCountries/1");
		assertThat(errors.path(0).path("line").asInt()).isEqualTo(5);
		assertThat(errors.path(0).path("message").asString()).contains("Narnia");
		assertThat(plan("\0").statusCode()).isEqualTo(422);
		var large = "#" + "x\n".repeat(2_100_000);
		assertThat(plan(large).body()).contains("4,000,000");
	}

	@Test
	void anOperatorsTokenChangesPoliciesAndMakesNone() {
		this.token = this.tokens.make(this.people.username(Role.OPERATOR), "policy:read", "policy:write");
		var answer = plan("version: 1\npolicies:\n  - {name: Sent new, homeCountry: DE}\n  - {name: SENT}\n");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).contains("Policy Sent new would be", "Policy SENT would be");
		assertThat(ask("POST", FILES + "/plan?prune=true", file()).body())
			.contains("Only an administrator may do that");
		var file = "version: 1\npolicies:\n  - {name: Sent, allowedCountries: [FR]}\n";
		assertThat(apply(file, json(plan(file)).path("review").asString(), "file-5").statusCode()).isEqualTo(200);
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33");
	}

}
