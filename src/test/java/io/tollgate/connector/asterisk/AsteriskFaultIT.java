package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Running.GuardState;
import io.tollgate.connector.Target;
import io.tollgate.lab.FaultProxy;
import io.tollgate.lab.FaultProxy.Fault;
import io.tollgate.lab.FaultProxy.Way;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Asterisk that is killed by SIGKILL at a random byte of a push, stands still, or
 * is behind a bad network; then AMI tells what it has in AstDB and in its dialplan.
 * {@code -Dtollgate.faults.asterisk} says how often.
 */
class AsteriskFaultIT {

	private static final int FAULTS = Integer.getInteger("tollgate.faults.asterisk", 6);

	/** Real waits for the disk, as this one really loses what it has not written. */
	private static final AmiClient.Deadlines DEADLINES = new AmiClient.Deadlines(Duration.ofSeconds(5),
			Duration.ofSeconds(4), Duration.ofSeconds(30), AmiClient.Deadlines.DEFAULT.flush());

	private static final Duration REVERT_IN = Duration.ofSeconds(6);

	/** What may be in force, and which of it was claimed to be. */
	private final ArrayList<SortedMap<String, String>> may = new ArrayList<>();

	@Test
	void enforcesOneWholeGenerationWhateverHappens() {
		Seeds.each("a real Asterisk", 1, 1, (seed) -> {
			var random = new Random(seed);
			try (var asterisk = RealAsterisk.start(RealAsterisk.Version.V22, LabSpec.of(3));
					var proxy = FaultProxy.before(asterisk.amiPort())) {
				prepare(asterisk);
				var target = new Target("127.0.0.1", proxy.port(), false, null, "tollgate-config", RealAsterisk.SECRET);
				converge(target, config(random));
				proxy.arm(Fault.of(FaultProxy.Kind.CALL, Way.TO_PBX, Long.MAX_VALUE));
				converge(target, config(random));
				long bytes = proxy.passed(Way.TO_PBX);
				for (int i = 0; i < FAULTS; i++) {
					round(asterisk, proxy, target, random, i, bytes);
				}
			}
		});
	}

	private static void prepare(RealAsterisk asterisk) {
		try {
			Files.writeString(asterisk.etc().resolve("extensions.conf"),
					ConnectorContractTests.INCLUDES + ConnectorContractTests.PHONES + "include => tollgate-outbound\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		asterisk.cli("dialplan reload");
	}

	private void round(RealAsterisk asterisk, FaultProxy proxy, Target target, Random random, int number, long bytes) {
		var wanted = config(random);
		boolean atSwitch = random.nextBoolean();
		long after = random.nextLong(atSwitch ? 40 : bytes);
		boolean stops = number % 3 == 2;
		Runnable call = stops ? asterisk::freeze : asterisk::kill9;
		var fault = Fault.call(Way.TO_PBX, after, call);
		proxy.arm(atSwitch ? fault.after("Key: active\r\nVal: ") : fault);
		var outcome = push(target, wanted);
		if (stops) {
			LockSupport.parkNanos(random.nextLong(2_000_000_000L));
			asterisk.thaw();
		}
		else if (proxy.fired()) {
			asterisk.restart();
		}
		proxy.clear();
		System.out.println("real Asterisk: " + (stops ? "stopped " : "killed ") + fault + ": " + outcome);
		judge(target, outcome);
		converge(target, wanted);
	}

	private static DesiredConfig config(Random random) {
		return ConnectorFaultTests.config(random);
	}

	/** Some attempts later it enforces that, without a hand. */
	private void converge(Target target, DesiredConfig wanted) {
		var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		for (var outcome = push(target, wanted); !outcome.equals("applied"); outcome = push(target, wanted)) {
			assertThat(System.nanoTime()).as("converges: " + outcome).isLessThan(end);
			LockSupport.parkNanos(500_000_000);
		}
		judge(target, "applied");
	}

	/** What it has is one whole generation that was asked for. */
	private void judge(Target target, String outcome) {
		try (var signedIn = SignedIn.at(target, DEADLINES, HostPolicy.DEFAULT, AmiMeters.NONE)) {
			var state = PbxState.read(signedIn.client());
			assertThat(state.guard()).isEqualTo(GuardState.CURRENT);
			assertThat(state.lines()).as("in force after " + outcome).isIn(this.may);
			if (state.active().isPending(state.clock())) {
				var previous = state.active().previous();
				var slot = state.slotOf(previous);
				assertThat(slot).isNotNull();
				assertThat(AsteriskDialect.lines(state.rows(previous), state.slot(slot).contexts(), slot))
					.as("when it falls back after " + outcome)
					.isIn(this.may);
			}
		}
	}

	private String push(Target target, DesiredConfig wanted) {
		var lines = AsteriskDialect.lines(wanted);
		boolean fresh = !this.may.contains(lines);
		this.may.add(lines);
		var commit = new PendingCommit[1];
		try (var session = new AsteriskConnector(DEADLINES).open(target)) {
			var candidate = session.load(wanted);
			if (!candidate.diff().isEmpty() || session.running().generation() == null) {
				commit[0] = candidate.commit(REVERT_IN, (stage) -> {
				});
				assertThat(commit[0].verify().isEmpty()).isTrue();
				commit[0].confirm();
			}
			this.may.clear();
			this.may.add(lines);
			return "applied";
		}
		catch (ConnectorException ex) {
			return failed(lines, fresh, commit[0], ex);
		}
	}

	private String failed(SortedMap<String, String> lines, boolean fresh, @Nullable PendingCommit commit,
			ConnectorException ex) {
		boolean doubt = commit != null || ex.kind() == Kind.IN_DOUBT;
		if (!doubt && fresh) {
			this.may.remove(lines);
		}
		return (doubt ? "in doubt: " : "not applied: ") + ex.getMessage();
	}

}
