package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tollgate.connector.ConnectionReport.Result;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.Target;
import io.tollgate.lab.RealAsterisk;

import static org.assertj.core.api.Assertions.assertThat;

/** On Asterisk 22 without TLS, and what has to do with lines and crashes. */
class Asterisk22ConnectorIT extends RealAsteriskConnectorTests {

	Asterisk22ConnectorIT() {
		super(RealAsterisk.Version.V22, false);
	}

	private Target at(int port, boolean tls, String fingerprint) {
		return new Target("127.0.0.1", port, tls, fingerprint, "tollgate-config", SECRET);
	}

	@Test
	void trustsTheFirstCertificateAndReportsIt() {
		var report = this.connector.test(at(asterisk().amiTlsPort(), true, null));
		assertThat(report.fingerprint()).isEqualTo(asterisk().fingerprint());
		assertThat(report.checks().get(1).result()).isEqualTo(Result.PASSED);
	}

	@Test
	void refusesAnotherCertificate() {
		var report = this.connector.test(at(asterisk().amiTlsPort(), true, "ab".repeat(32)));
		assertThat(report.checks().get(1).problem()).isNotNull();
		assertThat(report.checks().get(1).problem().code()).isEqualTo("certificate-changed");
		assertThat(report.checks().get(1).problem().arguments()).contains(asterisk().fingerprint());
		assertThat(report.fingerprint()).isEqualTo(asterisk().fingerprint());
		assertThat(report.checks().get(2).result()).isEqualTo(Result.SKIPPED);
	}

	@Test
	void tellsTlsFromPlain() {
		failed(Kind.UNREACHABLE, "tls-on-plain-port", () -> this.connector.open(at(asterisk().amiPort(), true, null)));
		failed(Kind.UNREACHABLE, "no-greeting", () -> this.connector.open(at(asterisk().amiTlsPort(), false, null)));
		failed(Kind.UNREACHABLE, "refused", () -> this.connector.open(at(1, false, null)));
	}

	@Test
	void refusesAnAccountFromElsewhere() {
		failed(Kind.REFUSED, "wrong-secret", () -> this.connector.open(as("elsewhere")));
	}

	/** With the real waits, a confirmed generation outlives the process at once. */
	@Test
	void keepsAConfirmedGenerationThroughACrash() {
		var pbx = start(Account.WITH_CONFIG, INCLUDES + PHONES + "include => tollgate-outbound\n");
		var patient = new AsteriskConnector();
		int generation = 0;
		for (var rule : CodeRule.values()) {
			try (var session = patient.open(pbx.target())) {
				var desired = withCodes(desired(), Map.of("49", rule));
				var commit = session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
				});
				commit.confirm();
				asterisk().kill9();
				generation = commit.generation();
			}
			asterisk().restart();
			try (var session = patient.open(pbx.target())) {
				assertThat(session.running().generation()).isEqualTo(generation);
				assertThat(session.load(withCodes(desired(), Map.of("49", rule))).diff().isEmpty()).isTrue();
			}
		}
	}

}
