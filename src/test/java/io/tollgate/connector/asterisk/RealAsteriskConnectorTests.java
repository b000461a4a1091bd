package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.tollgate.connector.BlockedCall;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.Target;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.FaultProxy;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract on a real Asterisk; one process for all tests, wiped before each. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RealAsteriskConnectorTests extends ConnectorContractTests {

	private static final String BLIND = "blind";

	private static final String PJSIP = "pjsip.conf";

	private static final String ARGENTINA = "011541938384";

	private static final String GERMANY = "011491938384";

	private final RealAsterisk.Version version;

	private final boolean tls;

	private RealAsterisk asterisk;

	private String pjsip;

	RealAsteriskConnectorTests(RealAsterisk.Version version, boolean tls) {
		this.version = version;
		this.tls = tls;
	}

	@BeforeAll
	void startAsterisk() throws IOException {
		this.asterisk = RealAsterisk.start(this.version, LabSpec.of(3));
		Files.writeString(this.asterisk.etc().resolve("manager.conf"),
				"[" + BLIND + "]\nsecret = " + SECRET + "\nread =\nwrite = system\n", StandardOpenOption.APPEND);
		this.asterisk.cli("manager reload");
		this.pjsip = Files.readString(this.asterisk.etc().resolve(PJSIP));
	}

	@AfterAll
	void stopAsterisk() {
		if (this.asterisk != null) {
			this.asterisk.close();
		}
	}

	RealAsterisk asterisk() {
		return this.asterisk;
	}

	Target as(String user) {
		return new Target("localhost", this.tls ? this.asterisk.amiTlsPort() : this.asterisk.amiPort(), this.tls,
				this.tls ? this.asterisk.fingerprint() : null, user, RealAsterisk.SECRET);
	}

	@Override
	Pbx start(Account account, String extensionsConf) {
		var real = new Real(account);
		real.reset(extensionsConf);
		return real;
	}

	/**
	 * The portal is cut off right after the switch: the PBX enforces the new rules until
	 * the time to confirm is over, and then the old ones, and needs nobody for it.
	 */
	@Test
	void returnsToTheOldRulesWithoutAPortal() {
		var pbx = start(Account.WITH_CONFIG, INCLUDES + PHONES + "include => tollgate-outbound\n");
		var phones = new SipPhones(this.asterisk);
		var old = withCodes(desired(), Map.of("49", CodeRule.ALLOW));
		var proxy = FaultProxy.before(pbx.target().port());
		try (var carrier = Carrier.start(this.asterisk)) {
			var target = new Target("localhost", proxy.port(), this.tls, pbx.target().fingerprint(),
					pbx.target().user(), pbx.target().secret());
			long end;
			try (var session = this.connector.open(target)) {
				session.load(old).commit(Duration.ofMinutes(1), (stage) -> {
				}).confirm();
				var commit = session.load(desired()).commit(Duration.ofSeconds(6), (stage) -> {
				});
				end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
				proxy.close();
				proxy.breakAll();
				failed(Kind.UNREACHABLE, "line-broken", commit::verify);
				failed(Kind.UNREACHABLE, "refused", commit::reconnect);
				failed(Kind.UNREACHABLE, "line-broken", commit::confirm);
			}
			assertThat(phones.call("1001", ARGENTINA)).isEqualTo(200);
			assertThat(phones.call("1001", GERMANY)).isEqualTo(403);
			assertThat(phones.call("1001", "911")).isEqualTo(200);
			assertThat(System.nanoTime()).as("still before the end").isLessThan(end - 1_000_000_000L);
			await(() -> phones.call("1001", GERMANY) == 200);
			assertThat(System.nanoTime()).isBetween(end - 1_100_000_000L, end + 5_000_000_000L);
			assertThat(phones.call("1001", ARGENTINA)).isEqualTo(403);
			assertThat(phones.call("1001", "911")).isEqualTo(200);
			assertThat(carrier.numbers()).containsExactly(ARGENTINA, "911", GERMANY, "911");
		}
	}

	@Test
	void hearsOfBlockedCalls() {
		var pbx = start(Account.WITH_CONFIG, INCLUDES + PHONES + "include => tollgate-outbound\n");
		try (var session = this.connector.open(pbx.target())) {
			session.load(desired()).commit(Duration.ofMinutes(1), (stage) -> {
			}).confirm();
		}
		var phones = new SipPhones(this.asterisk);
		var heard = new CopyOnWriteArrayList<BlockedCall>();
		try (var carrier = Carrier.start(this.asterisk); var _ = this.connector.listen(pbx.target(), heard::add)) {
			assertThat(phones.call("1001", GERMANY)).isEqualTo(403);
			assertThat(phones.call("1001", ARGENTINA)).isEqualTo(200);
			await(() -> !heard.isEmpty());
			assertThat(heard).containsExactly(new BlockedCall("1001", GERMANY, "country"));
			assertThat(carrier.numbers()).containsExactly(ARGENTINA);
		}
	}

	private final class Real implements Pbx {

		private final Account account;

		Real(Account account) {
			this.account = account;
		}

		@Override
		public Target target() {
			return as(switch (this.account) {
				case WITH_ORIGINATE -> "tollgate-probe";
				case WITH_CONFIG -> "tollgate-config";
				case WITHOUT_CONFIG -> "tollgate";
				case WITHOUT_REPORTING -> BLIND;
				case WITHOUT_SYSTEM -> "readonly";
			});
		}

		@Override
		public int version() {
			return Integer.parseInt(RealAsteriskConnectorTests.this.version.number());
		}

		private void reset(String extensionsConf) {
			try {
				for (var file : List.of(GuardText.GUARD_FILE, GuardText.SLOT_A_FILE, GuardText.SLOT_B_FILE)) {
					Files.deleteIfExists(RealAsteriskConnectorTests.this.asterisk.etc().resolve(file));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			write("extensions.conf", extensionsConf);
			reload();
			endpoints(RealAsteriskConnectorTests.this.pjsip);
			RealAsteriskConnectorTests.this.asterisk.cli("database deltree tollgate");
		}

		@Override
		public void write(String file, String text) {
			try {
				Files.writeString(RealAsteriskConnectorTests.this.asterisk.etc().resolve(file), text);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void reload() {
			RealAsteriskConnectorTests.this.asterisk.cli("dialplan reload");
		}

		@Override
		public void put(String key, String value) {
			var target = as("tollgate-config");
			try (var line = AmiLine.connect(target, Duration.ofSeconds(5), HostPolicy.DEFAULT)) {
				line.secure();
				var client = AmiClient.greet(target, line, HASTY);
				client.signIn();
				client.pipeline(List.of(AmiAction.dbPut(key, value))).forEach(AmiReply::required);
			}
		}

		@Override
		public void option(String endpoint, String option, String value) {
			endpoints(endpoints() + "[" + endpoint + "](+)\n" + option + "=" + value + "\n");
		}

		private String endpoints() {
			try {
				return Files.readString(RealAsteriskConnectorTests.this.asterisk.etc().resolve(PJSIP));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void endpoints(String text) {
			if (!text.equals(endpoints())) {
				write(PJSIP, text);
				RealAsteriskConnectorTests.this.asterisk.cli("module reload res_pjsip.so");
			}
		}

		@Override
		public void close() {
			// the next test wipes it
		}

	}

}
