package io.tollgate.connector.asterisk;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.ConnectorException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostPolicyTests {

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.1.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255",
			"100.100.100.200", "192.0.0.192", "168.63.129.16", "::", "fe80::1", "ff02::1", "::ffff:169.254.169.254",
			"fd00:ec2::254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::169.254.169.254", "2852039166" })
	void refuses(String host) {
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> HostPolicy.resolve(host))
			.satisfies((ex) -> assertThat(ex.problem().code()).isIn("forbidden-host", "unknown-host"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.5", "192.168.1.9", "fd00::5", "localhost",
			"203.0.113.7", "64:ff9b::a00:5" })
	void allows(String host) {
		assertThat(HostPolicy.resolve(host)).isNotNull();
	}

	/** What a resolver would make of other spellings is judged as an address, too. */
	@ParameterizedTest
	@ValueSource(strings = { "a9fea9fe", "00000000", "e0000001" })
	void judgesTheAddressNotTheSpelling(String hex) throws UnknownHostException {
		assertThat(HostPolicy.allowed(InetAddress.getByAddress(java.util.HexFormat.of().parseHex(hex)))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "no-such-host.invalid", "0x7f.1.2.3.4", "a\r\nb", "pbx\u0000.example" })
	void doesNotKnow(String host) {
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> HostPolicy.resolve(host))
			.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("unknown-host"));
	}

}
