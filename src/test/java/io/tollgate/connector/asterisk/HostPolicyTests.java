package io.tollgate.connector.asterisk;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostPolicyTests {

	private static final int PORT = 5038;

	private static String refusal(HostPolicy policy, String host, int port) {
		try {
			policy.resolve(host, port);
			return "";
		}
		catch (ConnectorException ex) {
			return ex.problem().code();
		}
	}

	private static HostPolicy only(List<String> networks, List<String> ports) {
		return new HostPolicy(networks, ports, (port) -> false, InetAddress::getByName);
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.1.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255",
			"100.100.100.200", "192.0.0.192", "168.63.129.16", "::", "fe80::1", "ff02::1", "::ffff:169.254.169.254",
			"[::ffff:169.254.169.254]", "[fe80::1]", "fd00:ec2::254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1",
			"::169.254.169.254", "2001:db8::5efe:169.254.169.254", "2001:0:53aa:64c:0:7fff:5601:5601" })
	void refusesWhatIsNoPbx(String host) {
		assertThat(refusal(HostPolicy.DEFAULT, host, PORT)).isEqualTo("forbidden-host");
	}

	/** One resolver takes them for this address, the next one for another. */
	@ParameterizedTest
	@ValueSource(strings = { "2852039166", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "127.1",
			"127.0.1", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376", "010.0.0.1", "127.0.0.1.", "1.2.3.4.5", "0x",
			"fe80::1%eth0", "::1%lo", "0x7f.1.2.3.4" })
	void takesANumberInOneSpellingOnly(String host) {
		assertThat(refusal(HostPolicy.DEFAULT, host, PORT)).isEqualTo("unknown-host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1", "::ffff:127.0.0.1", "[::ffff:127.0.0.1]", "10.0.0.5", "192.168.1.9",
			"fd00::5", "localhost", "203.0.113.7", "64:ff9b::a00:5" })
	void allows(String host) {
		assertThat(refusal(HostPolicy.DEFAULT, host, PORT)).isEmpty();
	}

	/** What a resolver would make of other spellings is judged as an address, too. */
	@ParameterizedTest
	@ValueSource(strings = { "a9fea9fe", "00000000", "e0000001", "00000000000000000000ffffa9fea9fe" })
	void judgesTheAddressNotTheSpelling(String hex) throws UnknownHostException {
		var address = InetAddress.getByAddress(HexFormat.of().parseHex(hex));
		var policy = new HostPolicy(List.of(), List.of(), (port) -> false, (host) -> address);
		assertThat(refusal(policy, "metadata.google.internal.", PORT)).isEqualTo("forbidden-host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "no-such-host.invalid", "a\r\nb", "pbx\u0000.example", "１２７.0.0.1", "ⓛocalhost",
			"127。0。0。1" })
	void doesNotKnow(String host) {
		assertThat(refusal(HostPolicy.DEFAULT, host, PORT)).isEqualTo("unknown-host");
	}

	@Test
	void keepsToTheNetworksAndPortsOfTheSite() {
		var policy = only(List.of("10.20.0.0/16", "fd12::/32"), List.of("5038", "5100-5110"));
		assertThat(refusal(policy, "10.20.3.4", 5038)).isEmpty();
		assertThat(refusal(policy, "::ffff:10.20.3.4", 5110)).isEmpty();
		assertThat(refusal(policy, "fd12::7", 5100)).isEmpty();
		assertThat(refusal(policy, "10.21.3.4", 5038)).isEqualTo("network-not-allowed");
		assertThat(refusal(policy, "127.0.0.1", 5038)).isEqualTo("network-not-allowed");
		assertThat(refusal(policy, "fd13::7", 5038)).isEqualTo("network-not-allowed");
		assertThat(refusal(policy, "10.20.3.4", 22)).isEqualTo("port-not-allowed");
		assertThat(refusal(policy, "10.20.3.4", 5111)).isEqualTo("port-not-allowed");
		assertThat(refusal(only(List.of("0.0.0.0/0"), List.of()), "169.254.169.254", PORT))
			.as("no list allows what is no PBX")
			.isEqualTo("forbidden-host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ssh", "1-", "-", "123456", "" })
	void doesNotStartWithAListThatIsNone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> only(List.of(), List.of(text)));
		assertThatIllegalArgumentException().isThrownBy(() -> only(List.of("network " + text), List.of()));
	}

	@Test
	void neverCallsThePortalItself() throws Exception {
		var policy = new HostPolicy(List.of(), List.of(), (port) -> port == 8080, InetAddress::getByName);
		for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
			for (var address : Collections.list(network.getInetAddresses())) {
				var host = address.getHostAddress().split("%", 2)[0];
				assertThat(refusal(policy, host, 8080)).as(host).isIn("own-port", "forbidden-host");
			}
		}
		for (var host : List.of("localhost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1")) {
			assertThat(refusal(policy, host, 8080)).as(host).isEqualTo("own-port");
			assertThat(refusal(policy, host, PORT)).as(host).isEmpty();
		}
		assertThat(refusal(policy, "203.0.113.7", 8080)).as("another host").isEmpty();
	}

	/** A name that means the PBX when it is judged and something else a moment later. */
	@Test
	void connectsToTheAddressThatItJudged() throws Exception {
		var answers = new ArrayDeque<>(
				List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254")));
		var policy = new HostPolicy(List.of(), List.of(), (port) -> false, (host) -> answers.remove());
		try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			var target = new Target("rebinding.example", server.getLocalPort(), false, null, "tollgate", "secret");
			AmiLine.connect(target, Duration.ofSeconds(5), policy).close();
			assertThat(server.accept().getInetAddress().isLoopbackAddress()).isTrue();
			assertThat(answers).as("asked once").hasSize(1);
			assertThatExceptionOfType(ConnectorException.class)
				.isThrownBy(() -> AmiLine.connect(target, Duration.ofSeconds(5), policy))
				.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("forbidden-host"));
		}
	}

}
