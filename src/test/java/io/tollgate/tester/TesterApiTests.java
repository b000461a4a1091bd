package io.tollgate.tester;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Dial tests over the API: what cannot be answered says which field to look at. */
@TollgateTest
class TesterApiTests {

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	@Test
	void namesTheFieldThatIsUnclear() {
		var tokens = this.beans.createBean(TestTokens.class);
		try {
			var token = tokens.make(this.people.username(Role.VIEWER), "dial-test");
			var answer = new Http(this.port).exchange("POST", "/api/v1/dial-tests",
					"{\"extension\": \"987654321\", \"number\": \"0054\"}", "application/json", "Authorization",
					"Bearer " + token);
			assertThat(answer.statusCode()).isEqualTo(422);
			var problem = JsonMapper.builder().build().readTree(answer.body());
			assertThat(problem.at("/errors/0/path").asString()).isEqualTo("/extension");
			assertThat(problem.at("/errors/0/message").asString()).isEqualTo(problem.path("detail").asString())
				.contains("987654321");
			assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/dial-tests");
		}
		finally {
			tokens.remove();
		}
	}

}
