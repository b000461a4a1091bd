package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Target;
import io.tollgate.simulator.Faults.Fault;
import io.tollgate.simulator.ManagerRight;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The contract on a simulated PBX, and what happens when one misbehaves. */
class SimulatedPbxConnectorTests extends ConnectorContractTests {

	/** Waits for an answer that never comes no longer than a busy machine may take. */
	private static final AmiClient.Deadlines IMPATIENT = new AmiClient.Deadlines(Duration.ofSeconds(5),
			Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(1));

	/**
	 * For the hundreds of answers that never come. A slow answer may also be given up,
	 * which is one more way to go wrong.
	 */
	private static final AmiClient.Deadlines HASTIEST = new AmiClient.Deadlines(Duration.ofSeconds(5),
			Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofMillis(1));

	@Override
	Pbx start(Account account, String extensionsConf) {
		return new Simulated(account, extensionsConf);
	}

	private static final class Simulated implements Pbx {

		private final SimulatedPbx pbx;

		Simulated(Account account, String extensionsConf) {
			this.pbx = SimulatedPbx
				.start(spec().withRights(rights(account)).withFiles(Map.of("extensions.conf", extensionsConf)));
		}

		static SimulatedPbxSpec spec() {
			return SimulatedPbxSpec.named("sim", "portal", SECRET)
				.withEndpoints(List.of(new Endpoint("1001", "Extension 1001"), new Endpoint("1002", "Extension 1002"),
						new Endpoint("1003", "Extension 1003")))
				.withRefusalDelay(Duration.ofMillis(10));
		}

		private static Set<ManagerRight> rights(Account account) {
			var rights = EnumSet.of(ManagerRight.USER, ManagerRight.SYSTEM, ManagerRight.REPORTING, ManagerRight.CONFIG,
					ManagerRight.ORIGINATE);
			rights.removeAll(switch (account) {
				case WITH_ORIGINATE -> Set.of();
				case WITH_CONFIG -> Set.of(ManagerRight.ORIGINATE);
				case WITHOUT_CONFIG -> Set.of(ManagerRight.ORIGINATE, ManagerRight.CONFIG);
				case WITHOUT_REPORTING -> Set.of(ManagerRight.ORIGINATE, ManagerRight.CONFIG, ManagerRight.REPORTING);
				case WITHOUT_SYSTEM -> Set.of(ManagerRight.ORIGINATE, ManagerRight.CONFIG, ManagerRight.SYSTEM);
			});
			return rights;
		}

		@Override
		public Target target() {
			return new Target("127.0.0.1", this.pbx.port(), false, null, "portal", SECRET);
		}

		@Override
		public int version() {
			return 22;
		}

		@Override
		public void write(String file, String text) {
			this.pbx.write(file, text);
		}

		@Override
		public void reload() {
			this.pbx.reload();
		}

		@Override
		public void put(String key, String value) {
			this.pbx.put("tollgate/" + key, value);
		}

		@Override
		public void option(String endpoint, String option, String value) {
			this.pbx.option(endpoint, option, value);
		}

		@Override
		public void close() {
			this.pbx.close();
		}

	}

	@Test
	void refusesAnOldAsterisk() {
		try (var pbx = SimulatedPbx.start(Simulated.spec().withVersion("13.38.3"))) {
			var report = this.connector.test(new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET));
			var version = report.checks().get(3);
			assertThat(version.problem()).isNotNull();
			assertThat(version.problem().code()).isEqualTo("too-old");
			assertThat(report.usable()).isFalse();
		}
	}

	@Test
	void findsContextsThatOtherDriversCouldUse() {
		try (var pbx = SimulatedPbx.start(Simulated.spec()
			.withFiles(Map.of("extensions.conf", INCLUDES + PHONES + "include => tollgate-outbound\n"
					+ "[guest]\nexten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)\n[safe]\ninclude => from-internal\n")))) {
			var target = new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET);
			try (var session = this.connector.open(target)) {
				assertThat(session.inspect().entries()).isEmpty();
				pbx.loadModule("chan_iax2");
				assertThat(session.inspect().entries()).singleElement().satisfies((entry) -> {
					assertThat(entry.context()).isEqualTo("guest");
					assertThat(entry.target()).isEqualTo("chan_iax2");
					assertThat(entry.problem().code()).isEqualTo("inspection-other-driver");
				});
			}
		}
	}

	@Test
	void saysThatThePlainPortSpeaksNoTls() {
		try (var pbx = SimulatedPbx.start(Simulated.spec())) {
			failed(Kind.UNREACHABLE, "tls-on-plain-port",
					() -> this.connector.open(new Target("127.0.0.1", pbx.port(), true, null, "portal", SECRET)));
		}
	}

	@Test
	void doesNotWaitForeverForAPbxThatStopsReading() {
		try (var pbx = SimulatedPbx.start(Simulated.spec())) {
			var target = new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET);
			try (var session = new AsteriskConnector(IMPATIENT).open(target)) {
				pbx.faults().stopReading(true);
				failed(Kind.UNREACHABLE, "timeout", session::running);
				// the line is of no more use
				failed(Kind.UNREACHABLE, "timeout", session::running);
			}
			finally {
				pbx.faults().stopReading(false);
			}
		}
	}

	/** What the network did not take by then must not come when it is back. */
	@Test
	void takesBackWhatIsStillInThisMachine() throws IOException {
		try (var server = new ServerSocket()) {
			server.setReceiveBufferSize(4096);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			var target = new Target("127.0.0.1", server.getLocalPort(), false, null, "portal", SECRET);
			var line = AmiLine.connect(target, Duration.ofSeconds(5), HostPolicy.DEFAULT);
			try (var pbx = server.accept()) {
				var writer = Thread.ofVirtual().start(() -> {
					try {
						for (int i = 0; i < 100_000; i++) {
							line.write(("x".repeat(1000) + "\n").getBytes(StandardCharsets.US_ASCII));
						}
					}
					catch (IOException ex) {
						// given up meanwhile
					}
				});
				// until nothing more fits in
				await(() -> writer.getState() == Thread.State.WAITING
						|| writer.getState() == Thread.State.TIMED_WAITING);
				line.abort();
				assertThatExceptionOfType(SocketException.class).isThrownBy(() -> pbx.getInputStream().readAllBytes())
					.withMessageContaining("reset");
			}
		}
	}

	/** One action goes wrong, each in turn, from sign-in to confirmation. */
	@ParameterizedTest
	@EnumSource(value = Fault.class)
	void enforcesOneWholeGenerationWhateverGoesWrong(Fault fault) {
		var old = desired();
		var next = withCodes(withRoute(old, Set.of("911"), List.of("NXXX")), Map.of("49", CodeRule.ALLOW));
		// the first round, with a fault that never comes, counts
		long actions = 0;
		for (long nth = 0; nth <= actions; nth++) {
			try (var pbx = SimulatedPbx.start(Simulated.spec()
				.withFiles(Map.of("extensions.conf", INCLUDES + PHONES + "include => tollgate-outbound\n")))) {
				var target = new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET);
				var impatient = new AsteriskConnector((nth == 0) ? HASTY : HASTIEST);
				commitAndConfirm(this.connector, target, old);
				pbx.faults().clear();
				pbx.faults().at((nth == 0) ? Long.MAX_VALUE : nth, fault);
				actions = Math.max(actions, outcome(pbx, target, impatient, old, next, nth));
			}
		}
		assertThat(actions).isGreaterThan(40);
	}

	private long outcome(SimulatedPbx pbx, Target target, AsteriskConnector impatient, DesiredConfig old,
			DesiredConfig next, long nth) {
		Kind kind = null;
		try {
			commitAndConfirm(impatient, target, next);
		}
		catch (ConnectorException ex) {
			kind = ex.kind();
		}
		long actions = pbx.faults().actions();
		pbx.faults().clear();
		try (var session = this.connector.open(target)) {
			var running = session.running();
			assertThat(running.lines()).as("action %d: %s", nth, kind)
				.isIn(AsteriskDialect.lines(old), AsteriskDialect.lines(next));
			if (kind == null) {
				assertThat(running.lines()).isEqualTo(AsteriskDialect.lines(next));
				assertThat(running.unconfirmed()).isFalse();
			}
			if (running.unconfirmed()) {
				// time passes
				var active = Active.parse(pbx.astDb().get("tollgate/active"));
				pbx.put("tollgate/active", Active.unconfirmed(active.generation(), active.previous(), 1));
			}
		}
		// whoever comes next brings it where it shall be, without a hand on the PBX
		commitAndConfirm(this.connector, target, next);
		try (var session = this.connector.open(target)) {
			assertThat(session.load(next).diff().isEmpty()).as("action %d", nth).isTrue();
		}
		return actions;
	}

	/**
	 * As an apply does: what reads back otherwise, for an answer that failed too, goes
	 * back.
	 */
	private static void commitAndConfirm(io.tollgate.connector.Connector connector, Target target,
			DesiredConfig desired) {
		try (var session = connector.open(target)) {
			var commit = session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
			});
			if (!commit.verify().isEmpty()) {
				commit.rollback();
				throw new ConnectorException(Kind.REFUSED, Problem.of("read-back-differs", 0, 0));
			}
			commit.confirm();
		}
	}

	/** The switch itself: the one place where nobody can know. */
	@ParameterizedTest
	@ValueSource(strings = { "CLOSE_BEFORE", "CLOSE_AFTER", "SILENCE", "GARBAGE" })
	void isInDoubtOnlyAboutTheSwitch(String fault) {
		try (var pbx = SimulatedPbx.start(Simulated.spec()
			.withFiles(Map.of("extensions.conf", INCLUDES + PHONES + "include => tollgate-outbound\n")))) {
			var target = new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET);
			// the number taken, the rows, then the switch
			int puts = 1 + AsteriskDialect.rows(desired(), 'a').size() + 1;
			try (var session = new AsteriskConnector(IMPATIENT).open(target)) {
				var candidate = session.load(desired());
				pbx.faults().at("dbput", puts, Fault.valueOf(fault));
				assertThatExceptionOfType(ConnectorException.class)
					.isThrownBy(() -> candidate.commit(Duration.ofMinutes(1), (stage) -> {
					}))
					.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.IN_DOUBT));
			}
		}
	}

	@Test
	void noticesWritesThatWereAcknowledgedButNotMade() {
		try (var pbx = SimulatedPbx.start(Simulated.spec()
			.withFiles(Map.of("extensions.conf", INCLUDES + PHONES + "include => tollgate-outbound\n")))) {
			var target = new Target("127.0.0.1", pbx.port(), false, null, "portal", SECRET);
			commitAndConfirm(this.connector, target, desired());
			var before = new TreeMap<>(pbx.astDb());
			pbx.faults().forgetWrites(true);
			try (var session = this.connector.open(target)) {
				var next = withCodes(desired(), Map.of("49", CodeRule.ALLOW));
				failed(Kind.REFUSED, "read-back-differs",
						() -> session.load(next).commit(Duration.ofMinutes(1), (stage) -> {
						}));
			}
			assertThat(pbx.astDb().get("tollgate/active")).isEqualTo(before.get("tollgate/active"));
		}
	}

}
