package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.Outbound;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Target;
import io.tollgate.lab.FaultProxy;
import io.tollgate.lab.FaultProxy.Fault;
import io.tollgate.lab.FaultProxy.Way;
import io.tollgate.lab.Seeds;
import io.tollgate.simulator.Faults;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushes that go wrong at a random point, one after the other on the same PBX, and what
 * the PBX enforces in every state in between. {@code -Dtollgate.faults.points} says how
 * many.
 */
class ConnectorFaultTests {

	private static final int ROUNDS = 5;

	private static final int POINTS = Integer.getInteger("tollgate.faults.points", 780);

	private static final int PARALLEL = 8;

	/** Of AstDB, a hundredth of the real one's. */
	private static final Duration FLUSH = Duration.ofMillis(10);

	/** For answers that never come: who waits longer for each learns no more. */
	private static final AmiClient.Deadlines SHORT = new AmiClient.Deadlines(Duration.ofMillis(500),
			Duration.ofMillis(250), Duration.ofSeconds(5), FLUSH.plusMillis(2));

	private static final AmiClient.Deadlines LONG = new AmiClient.Deadlines(Duration.ofSeconds(10),
			Duration.ofSeconds(20), Duration.ofSeconds(60), FLUSH.plusMillis(2));

	/** Where a push does what matters, half of the faults come close to. */
	private static final List<String> MARKS = List.of("Action: UpdateConfig", "Action: Reload", "Key: last",
			"/cfg\r\nVal: ", "Key: active\r\nVal: ", "Key: active\r\nVal: ", "-", "Key: active\r\n\r\n",
			"Action: DBDelTree", "\r\n\r\n");

	private static final Duration REVERT_IN = Duration.ofSeconds(60);

	/** What a push without a fault takes. */
	private static long toPbx;

	private static long toPortal;

	private static long actions;

	private final AtomicLong states = new AtomicLong();

	private final AtomicLong lapses = new AtomicLong();

	private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

	@BeforeAll
	static void measure() {
		try (var run = new Run(1)) {
			run.converge(config(new Random(1)));
			run.pbx.faults().clear();
			run.proxy.arm(Fault.of(FaultProxy.Kind.CALL, Way.TO_PBX, Long.MAX_VALUE));
			run.converge(config(new Random(2)));
			toPbx = run.proxy.passed(Way.TO_PBX);
			toPortal = run.proxy.passed(Way.TO_PORTAL);
			actions = run.pbx.faults().actions();
		}
	}

	@Test
	void enforcesOneWholeGenerationWhateverTheNetworkDoes() {
		Seeds.each("network faults", POINTS * 2 / 3 / ROUNDS, PARALLEL, (seed) -> history(seed, this::badNetwork));
		System.out.println(this.states + " states judged, " + this.lapses + " wrong and mended, " + this.outcomes);
	}

	@Test
	void enforcesOneWholeGenerationWhateverThePbxDoes() {
		Seeds.each("PBX faults", POINTS / 3 / ROUNDS, PARALLEL, (seed) -> history(seed, this::badPbx));
		System.out.println(this.states + " states judged, " + this.lapses + " wrong and mended, " + this.outcomes);
	}

	/**
	 * What runs is compared with its files before a reload; what was misread of it must
	 * not get into them.
	 */
	@Test
	void writesNothingThatWasMisread() {
		try (var run = new Run(3)) {
			run.converge(config(new Random(1)));
			run.proxy.arm(Fault.of(FaultProxy.Kind.FLIP, Way.TO_PORTAL, 0).after("Application: D").forNewLines());
			run.push(LONG, config(new Random(2)));
			run.proxy.clear();
			run.converge(config(new Random(2)));
			assertThat(run.history.violations()).isEmpty();
		}
	}

	/** Whoever misreads which slot is in force must not write over it. */
	@Test
	void writesNothingOverWhatIsInForce() {
		for (int seed = 0; seed < 8; seed++) {
			try (var run = new Run(seed)) {
				var random = new Random(seed);
				run.converge(config(random));
				run.proxy.arm(new Fault(FaultProxy.Kind.FLIP, Way.TO_PORTAL, 1, "/cfg\r\nVal: ", false, seed, () -> {
				}));
				var wanted = config(random);
				run.push(LONG, wanted);
				run.proxy.clear();
				run.converge(wanted);
				assertThat(run.history.violations()).as("seed %d", seed).isEmpty();
			}
		}
	}

	private void history(long seed, Nemesis nemesis) {
		try (var run = new Run(seed)) {
			run.converge(config(run.random));
			for (int round = 0; round < ROUNDS; round++) {
				round(run, nemesis);
			}
			this.states.addAndGet(run.history.states());
			this.lapses.addAndGet(run.history.lapses());
		}
	}

	private void round(Run run, Nemesis nemesis) {
		var wanted = config(run.random);
		var fault = nemesis.arm(run);
		boolean again = run.random.nextBoolean();
		var outcome = run.push(SHORT, wanted);
		if (again) {
			outcome += " " + run.push(SHORT, run.random.nextBoolean() ? wanted : config(run.random));
		}
		this.outcomes.merge(outcome, 1, Integer::sum);
		run.history.doubted("the fault " + fault + " is over");
		run.pbx.faults().clear();
		run.proxy.clear();
		switch (run.random.nextInt(3)) {
			case 0 -> run.late();
			case 1 -> run.proxy.arm(Fault.call(Way.TO_PBX, run.random.nextLong(toPbx), run::late));
			default -> {
			}
		}
		run.converge(wanted);
		// late bytes that have not come in the middle of that come after the next one
		run.proxy.clear();
		run.proxy.drain();
		// a broken line is no more the proxy's, but its last bytes may not be read yet
		ConnectorContractTests.await(() -> run.pbx.lines() <= run.proxy.heldBack());
		run.history.expectLateBytes(false);
		run.converge(wanted);
		if (run.late() > 0) {
			run.converge(wanted);
		}
		assertThat(run.history.violations()).as("fault %s, outcome %s", fault, outcome).isEmpty();
	}

	private String badNetwork(Run run) {
		var random = run.random;
		var kinds = FaultProxy.Kind.values();
		var kind = kinds[random.nextInt(kinds.length)];
		var way = switch (kind) {
			// what a line changes on the way to the PBX, no protocol without sums can
			// know
			case DUPLICATE, FLIP, INSERT -> Way.TO_PORTAL;
			case LATE -> Way.TO_PBX;
			default -> Way.values()[random.nextInt(2)];
		};
		var fault = new Fault(kind, way, random.nextLong((way == Way.TO_PBX) ? toPbx : toPortal), "",
				random.nextBoolean(), random.nextLong(), run.pbx::crash);
		if (way == Way.TO_PBX && random.nextBoolean()) {
			fault = new Fault(kind, way, random.nextLong(30), MARKS.get(random.nextInt(MARKS.size())), fault.lasting(),
					fault.seed(), fault.call());
		}
		run.proxy.arm(fault);
		run.history.expectLateBytes(fault.isLate());
		return fault.toString();
	}

	private String badPbx(Run run) {
		var random = run.random;
		if (random.nextInt(10) == 0) {
			long after = random.nextLong(toPbx);
			run.proxy.arm(Fault.call(Way.TO_PBX, after, run.pbx::reload));
			return "reload by hand after " + after;
		}
		var faults = Faults.Fault.values();
		var fault = faults[random.nextInt(faults.length)];
		long nth = 1 + random.nextLong(actions);
		run.pbx.faults().at(nth, fault);
		return fault + " at action " + nth;
	}

	/** One of some hundred configurations, with 911 in each. */
	static DesiredConfig config(Random random) {
		var codes = new TreeMap<String, CodeRule>();
		for (var code : List.of("1", "34", "49", "54", "62", "1876")) {
			if (random.nextBoolean()) {
				codes.put(code, CodeRule.values()[random.nextInt(3)]);
			}
		}
		var endpoints = new TreeMap<String, EndpointRights>(Map.of("trunk", EndpointRights.NONE));
		for (int i = 1001; i < 1001 + random.nextInt(4); i++) {
			endpoints.put("" + i, new EndpointRights(random.nextBoolean(), Outbound.values()[random.nextInt(3)], null));
		}
		var old = ConnectorContractTests
			.withEndpoints(ConnectorContractTests.withCodes(ConnectorContractTests.desired(), codes), endpoints);
		var emergency = new TreeSet<>(Set.of("911"));
		var patterns = new ArrayList<>(List.of("NXXNXXXXXX"));
		if (random.nextBoolean()) {
			emergency.add(random.nextBoolean() ? "112" : "999");
		}
		for (int i = random.nextInt(3); i > 0; i--) {
			patterns.add("011" + i + "XXXX!");
		}
		return ConnectorContractTests.withRoute(old, emergency, patterns);
	}

	private interface Nemesis {

		/** Lets something go wrong, and names it. */
		String arm(Run run);

	}

	/** A PBX, a bad network before it, and a portal that does what the real one does. */
	private static final class Run implements AutoCloseable {

		private final Random random;

		private final SimulatedPbx pbx;

		private final FaultProxy proxy;

		private final History history;

		Run(long seed) {
			this.random = new Random(seed);
			this.pbx = SimulatedPbx.start(SimulatedPbxSpec.named("sim", "portal", "secret")
				.withEndpoints(List.of(new Endpoint("1001", "One"), new Endpoint("1002", "Two")))
				.withRefusalDelay(Duration.ofMillis(1))
				.withFiles(Map.of("extensions.conf", ConnectorContractTests.INCLUDES + ConnectorContractTests.PHONES
						+ "include => tollgate-outbound\n")));
			this.pbx.flushEvery(FLUSH);
			this.proxy = FaultProxy.before(this.pbx.port());
			this.history = History.of(this.pbx);
		}

		/** Held back bytes arrive, some of them while somebody else is at it. */
		private long late() {
			this.history.forgive("late bytes");
			return this.proxy.deliverLate();
		}

		/** The network is good: some attempts later the PBX enforces it. */
		private void converge(DesiredConfig wanted) {
			String outcome = "";
			for (int attempt = 0; attempt < 4; attempt++) {
				outcome = push(LONG, wanted);
				if (outcome.equals("applied")) {
					return;
				}
				if (this.history.unconfirmed()) {
					this.pbx.advance(REVERT_IN.plusSeconds(1));
				}
			}
			throw new AssertionError("does not converge: " + outcome + this.history.violations());
		}

		private String push(AmiClient.Deadlines deadlines, DesiredConfig wanted) {
			this.history.asked(wanted);
			var commit = new PendingCommit[1];
			var target = new Target("127.0.0.1", this.proxy.port(), false, null, "portal", "secret");
			try (var session = new AsteriskConnector(deadlines).open(target)) {
				var candidate = session.load(wanted);
				if (candidate.diff().isEmpty() && session.running().generation() != null) {
					this.history.applied(wanted);
					return "applied";
				}
				commit[0] = candidate.commit(REVERT_IN, (stage) -> {
				});
				if (!commit[0].verify().isEmpty()) {
					commit[0].rollback();
					this.history.kept(wanted, "rolled back");
					return "rolled back";
				}
				commit[0].confirm();
				this.history.applied(wanted);
				return "applied";
			}
			catch (ConnectorException ex) {
				return failed(wanted, commit[0], ex);
			}
		}

		private String failed(DesiredConfig wanted, @Nullable PendingCommit commit, ConnectorException ex) {
			if (commit != null || ex.kind() == Kind.IN_DOUBT) {
				this.history.doubted(ex.getMessage());
				return "in doubt";
			}
			this.history.kept(wanted, ex.getMessage());
			return (ex.kind() == Kind.REFUSED) ? "refused " + ex.problem().code() : "unreachable";
		}

		@Override
		public void close() {
			this.proxy.close();
			this.pbx.close();
		}

	}

}
