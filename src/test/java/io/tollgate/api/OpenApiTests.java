package io.tollgate.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of the API says what the API is. */
@TollgateTest
class OpenApiTests {

	private static final Path KEPT = Path.of("docs", "openapi.json");

	private static final Path NOW = Path.of("target", "openapi.json");

	@Autowired
	WebApplicationContext portal;

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	@Test
	void isServedToAnyToken() throws IOException {
		var tokens = this.beans.createBean(TestTokens.class);
		try {
			var token = tokens.make(this.people.username(Role.VIEWER), "dial-test");
			var answer = new Http(this.port).get("/api/v1/openapi.json", "Authorization", "Bearer " + token);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(answer.body()).isEqualTo(Files.readString(KEPT));
		}
		finally {
			tokens.remove();
		}
	}

	@Test
	void isWhatIsKept() throws IOException {
		var now = OpenApiDescription.of(this.portal);
		Files.createDirectories(NOW.getParent());
		Files.writeString(NOW, now);
		assertThat(Files.exists(KEPT) ? Files.readString(KEPT) : "")
			.as("The API is not what its description says. If the change is meant: cp %s %s", NOW, KEPT)
			.isEqualTo(now);
	}

}
