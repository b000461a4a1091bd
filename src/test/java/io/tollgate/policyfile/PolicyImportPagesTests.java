package io.tollgate.policyfile;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
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

/** Files of policies on the pages: looked at, taken over as they were looked at. */
@TollgateTest
class PolicyImportPagesTests {

	@Autowired
	WrittenPolicies written;

	@Autowired
	Policies policies;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private Http http;

	private long id;

	@BeforeEach
	void policy() {
		this.id = ((Changed) this.policies.create("Carried", "US", null)).rules().id();
		this.policies.allow(this.id, Set.of("54"));
		signIn(Role.ADMINISTRATOR);
	}

	@AfterEach
	void clear() {
		this.policies.all()
			.stream()
			.filter((rules) -> rules.name().startsWith("Carried"))
			.forEach((rules) -> this.policies.delete(rules.id()));
		this.jdbc.sql("delete from policy_file").update();
	}

	private void signIn(Role role) {
		this.http = new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
		this.http.get("/extensions");
	}

	private HttpResponse<String> upload(String file, boolean prune) {
		var part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
		return this.http.exchange("POST", PolicyImportController.PATH,
				part.formatted("_csrf", "", this.http.token()) + (prune ? part.formatted("prune", "", "true") : "")
						+ part.formatted("file", "; filename=\"ours.yaml\"", file) + "--b--\r\n",
				"multipart/form-data; boundary=b");
	}

	private String uploaded(String file) {
		return place(upload(file, false));
	}

	private static String place(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		return answer.headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+", "");
	}

	private static String review(String page) {
		var found = Pattern.compile("name=\"review\" value=\"([0-9a-f]{64})\"").matcher(page);
		assertThat(found.find()).as(page).isTrue();
		return found.group(1);
	}

	private int kept() {
		return this.jdbc.sql("select count(*) from policy_file").query(Integer.class).single();
	}

	@Test
	void showsWhatItWouldDoAndDoesThat() {
		var text = this.written.file(List.of(this.policies.rules(this.id))).replace("\"AR\"", "FR");
		var path = uploaded(text);
		var page = this.http.get(path).body();
		assertThat(page).contains("ours.yaml", "Nothing is changed yet", "Allowed: France (+33)",
				"Not allowed any more: Argentina (+54)", "Take over one policy");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("54");
		assertThat(place(this.http.post(path, Map.of("review", review(page))))).isEqualTo("/review");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33");
		assertThat(this.http.get("/review").body()).contains("One policy is as the file says.");
		assertThat(kept()).isZero();
		assertThat(this.http.get(path).statusCode()).isEqualTo(404);
		assertThat(this.http.get(uploaded(text)).body()).contains("Nothing would change").doesNotContain("Take over ");
	}

	@Test
	void takesNothingOverThatWasNotShown() {
		var path = uploaded("version: 1\npolicies:\n  - {name: Carried, allowedCountries: [FR]}\n");
		var review = review(this.http.get(path).body());
		this.policies.allow(this.id, Set.of("49"));
		assertThat(place(this.http.post(path, Map.of("review", review)))).isEqualTo(path);
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("49", "54");
		var again = this.http.get(path).body();
		assertThat(again).contains("policies were changed meanwhile", "Germany (+49)");
		assertThat(place(this.http.post(path, Map.of("review", review(again))))).isEqualTo("/review");
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33");
	}

	@Test
	void saysWhatIsWrongAndWhereAndKeepsTheFile() {
		var path = uploaded("version: 1\npolicies:\n  - name: Carried\n    allowedCountries: [AR, <b>Narnia]\n");
		assertThat(this.http.get(path).body())
			.contains("One mistake: nothing can be taken over", "/policies/0/allowedCountries/1",
					"“&lt;b&gt;Narnia” is neither", ">4</td>")
			.doesNotContain("Take over ");
		// what fitted when it was looked at, and does not any more
		var fits = uploaded("version: 1\npolicies:\n  - {name: Carried, emergencyNumbers: [\"912\"]}\n");
		var review = review(this.http.get(fits).body());
		this.policies.setDialingCode(this.id, "9");
		this.policies.setEmergencyNumbers(this.id, Set.of("112"));
		this.policies.setDialingCode(this.id, "9");
		assertThat(place(this.http.post(fits, Map.of("review", review)))).isEqualTo(fits);
		assertThat(this.http.get(fits).body()).contains("does not fit them any more", "/policies/0/emergencyNumbers");
		assertThat(kept()).isEqualTo(2);
	}

	@Test
	void aFileIsNotGivenOutAfterItsDay() {
		var path = uploaded("version: 1\npolicies:\n  - {name: Carried, allowedCountries: [FR]}\n");
		var review = review(this.http.get(path).body());
		this.jdbc.sql("update policy_file set made_at = timestamp with time zone '2020-01-01 00:00:00+00'").update();
		assertThat(this.http.get(path).statusCode()).isEqualTo(404);
		this.http.post(path, Map.of("review", review));
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("54");
	}

	@Test
	void refusesWhatIsNoFileOfPolicies() {
		assertThat(upload("", false).body()).contains("Choose a file.");
		assertThat(upload("\0", false).statusCode()).isEqualTo(422);
		assertThat(kept()).isZero();
		assertThat(this.http.get(uploaded("a".repeat(10_001))).body()).contains("more than 10,000 characters");
	}

	@Test
	void anOperatorMakesAndDeletesNone() {
		signIn(Role.OPERATOR);
		assertThat(this.http.get(PolicyImportController.PATH).body()).doesNotContain("name=\"prune\"");
		assertThat(this.http.get(uploaded("version: 1\npolicies:\n  - {name: Carried on, homeCountry: DE}\n")).body())
			.contains("Only an administrator may do that");
		var file = this.written.file(List.of(this.policies.rules(this.id)));
		assertThat(this.http.get(place(upload(file, true))).body()).contains("Only an administrator may do that");
		var path = uploaded(file.replace("\"AR\"", "FR"));
		this.http.post(path, Map.of("review", review(this.http.get(path).body())));
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("33");
	}

	@Test
	void isSpanishToo() {
		var path = uploaded("version: 1\npolicies:\n  - {name: Carried, allowedCountries: [FR]}\n");
		assertThat(this.http.get(path, "Accept-Language", "es").body()).contains("Todavía no ha cambiado nada",
				"Permitidos: Francia (+33)", "Cargar una política");
	}

}
