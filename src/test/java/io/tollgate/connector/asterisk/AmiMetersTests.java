package io.tollgate.connector.asterisk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Target;
import io.tollgate.support.GuardedPbx;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which lines to PBXs are counted as what. */
class AmiMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AmiMeters meters = new AmiMeters(this.registry);

	@Test
	void countsLinesByWhatCameOfThem() {
		int port;
		try (var pbx = GuardedPbx.start()) {
			port = pbx.port();
			open(port, GuardedPbx.SECRET).close();
			open(port, GuardedPbx.SECRET).renew();
			assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> open(port, "wrong"));
		}
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> open(port, GuardedPbx.SECRET));
		assertThat(count("tollgate.ami.sign.ins", "made")).isEqualTo(2);
		assertThat(count("tollgate.ami.reconnects", "made")).isEqualTo(1);
		assertThat(count("tollgate.ami.sign.ins", "refused")).isEqualTo(1);
		assertThat(count("tollgate.ami.sign.ins", "unreachable")).isEqualTo(1);
	}

	private SignedIn open(int port, String secret) {
		return SignedIn.at(new Target("127.0.0.1", port, false, null, "tollgate", secret), AmiClient.Deadlines.DEFAULT,
				HostPolicy.DEFAULT, this.meters);
	}

	private long count(String name, String outcome) {
		return this.registry.get(name).tag("outcome", outcome).timer().count();
	}

}
