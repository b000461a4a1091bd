package io.tollgate.fleet;

import java.util.List;
import java.util.function.Consumer;

import io.tollgate.connector.BlockedCall;
import io.tollgate.connector.Capabilities;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectionReport.Check;
import io.tollgate.connector.ConnectionReport.Result;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Inventory;
import io.tollgate.connector.Listening;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Session;
import io.tollgate.connector.Target;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Which certificate is trusted, and a line that breaks between the test and the reading:
 * what no simulated PBX does.
 */
@TollgateTest
@AutoConfigureMockMvc
@Import(CertificateTests.Fakes.class)
class CertificateTests {

	private static final String MET = "ab".repeat(32);

	private static final String SECRET = "marker-secret-77";

	@Autowired
	MockMvcTester mvc;

	@Autowired
	PbxRegistry registry;

	@Autowired
	FakeConnector connector;

	@AfterEach
	void leaveNothingBehind() {
		this.connector.breaks = false;
		this.connector.met = MET;
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
	}

	private MvcTestResult post(String path, String... more) {
		return postAs("ROLE_ADMINISTRATOR", path, more);
	}

	/** Sends the form, signed in with a passkey a moment ago. */
	private MvcTestResult postAs(String role, String path, String... more) {
		var request = this.mvc.post()
			.uri(path)
			.with(csrf())
			.with(user("certificates").authorities(new SimpleGrantedAuthority(role),
					FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.WEBAUTHN_AUTHORITY)))
			.param("name", "Monterrey plant")
			.param("host", "mty.example")
			.param("port", "5039")
			.param("tls", "true")
			.param("user", "tollgate")
			.param("secret", SECRET)
			.param("policy", "1");
		for (int i = 0; i < more.length; i += 2) {
			request.param(more[i], more[i + 1]);
		}
		return request.exchange();
	}

	@Test
	void asksAPersonBeforeItTrustsACertificate() {
		assertThat(post("/pbxs")).hasStatusOk()
			.bodyText()
			.contains("AB:AB:AB", "Compare the fingerprint", "value=\"Monterrey plant\"")
			.doesNotContain(SECRET);
		assertThat(this.registry.all()).isEmpty();
		assertThat(post("/pbxs", "fingerprint", MET)).hasStatus3xxRedirection();
		assertThat(this.registry.all()).singleElement().extracting(Pbx::fingerprint).isEqualTo(MET);
	}

	@Test
	void aCertificateThatChangedNeedsThePersonAndTheSecretAgain() {
		post("/pbxs", "fingerprint", MET);
		var pbx = this.registry.all().getFirst();
		this.connector.met = "cd".repeat(32);
		var path = "/pbxs/" + pbx.id() + "/connection";
		assertThat(post(path, "pinned", MET)).hasStatusOk().bodyText().contains("CD:CD:CD");
		assertThat(this.registry.all().getFirst().fingerprint()).isEqualTo(MET);
		assertThat(post(path, "pinned", MET, "fingerprint", this.connector.met)).hasStatus3xxRedirection();
		assertThat(this.registry.all().getFirst().fingerprint()).isEqualTo(this.connector.met);
	}

	@Test
	void keepsNothingWhenTheLineBreaksAfterTheTest() {
		this.connector.breaks = true;
		assertThat(post("/pbxs", "fingerprint", MET)).hasStatusOk()
			.bodyText()
			.contains("Not saved: the PBX could not be read", "value=\"mty.example\"")
			.doesNotContain(SECRET);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void anOperatorMayNotConnect() {
		assertThat(postAs("ROLE_OPERATOR", "/pbxs", "fingerprint", MET)).hasStatus(403);
		assertThat(postAs("ROLE_OPERATOR", "/pbxs/test")).hasStatus(403);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Fakes {

		@Bean
		@Primary
		FakeConnector fakeConnector() {
			return new FakeConnector();
		}

	}

	static class FakeConnector implements Connector {

		private boolean breaks;

		private String met = MET;

		@Override
		public Capabilities capabilities() {
			return new Capabilities(Capabilities.RevertTimer.NONE);
		}

		@Override
		public ConnectionReport test(Target target) {
			return new ConnectionReport(List.of(new Check("reach", Result.PASSED, null)), "Asterisk 22.10.1", 1,
					this.met);
		}

		@Override
		public Session open(Target target) {
			if (this.breaks) {
				throw new ConnectorException(ConnectorException.Kind.UNREACHABLE,
						Problem.of("line-broken", target.host(), "reset"));
			}
			return new FakeSession();
		}

		@Override
		public Listening listen(Target target, Consumer<BlockedCall> heard) {
			throw new UnsupportedOperationException();
		}

	}

	private static final class FakeSession implements Session {

		@Override
		public Inventory inventory() {
			return new Inventory("Asterisk 22.10.1",
					List.of(new Inventory.Endpoint("1001", "One", Inventory.Endpoint.Kind.EXTENSION)));
		}

		@Override
		public io.tollgate.connector.Running running() {
			throw new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("missing-right", "DBGetTree"));
		}

		@Override
		public io.tollgate.connector.Observation observe(io.tollgate.connector.DesiredConfig applied) {
			throw new UnsupportedOperationException();
		}

		@Override
		public io.tollgate.connector.Inspection inspect() {
			return new io.tollgate.connector.Inspection(List.of());
		}

		@Override
		public io.tollgate.connector.Candidate load(io.tollgate.connector.DesiredConfig desired) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

}
