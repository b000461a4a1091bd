package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.Outbound;
import io.tollgate.connector.Probe;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.connector.Target;

/**
 * How long it takes to bring 251 codes, 5,000 extensions and routes of 20 patterns to a
 * PBX: prints each step in milliseconds, without the two waits of 1.1 s for AstDB's
 * flush, of which the first one runs beside the checks; and what the same rows take
 * without any care, written one after the other and read once. The first round warms the
 * JVM up. Run it by {@code scripts/bench-apply}. It leaves its last generation in force:
 * not for a PBX that is in use.
 */
public final class ApplyBenchmark {

	private static final int CODES = 251;

	private static final int EXTENSIONS = 5000;

	/** Of each route. */
	private static final int PATTERNS = 20;

	/** No generation that is handed out; cleared away by the next apply. */
	private static final int UNUSED = 0;

	private static final List<Probe> PROBES = List.of(new Probe("10000", "112", Expected.EMERGENCY),
			new Probe("10000", "00200123456", Expected.ALLOWED), new Probe("10000", "00999123456", Expected.BLOCKED));

	private ApplyBenchmark() {
	}

	/**
	 * Takes host, port, {@code tls} or {@code plain}, account and secret, how often, and
	 * how many routes.
	 */
	public static void main(String[] arguments) {
		var target = new Target(arguments[0], Integer.parseInt(arguments[1]), "tls".equals(arguments[2]), null,
				arguments[3], arguments[4]);
		int rounds = Integer.parseInt(arguments[5]);
		int routes = Integer.parseInt(arguments[6]);
		var deadlines = AmiClient.Deadlines.DEFAULT;
		var connector = new AsteriskConnector(
				new AmiClient.Deadlines(deadlines.connect(), deadlines.call(), deadlines.verb(), Duration.ZERO));
		for (int round = 0; round < rounds; round++) {
			System.out.printf("round %d%n", round + 1);
			var desired = desired(round, routes);
			floor(target, desired);
			long start = System.nanoTime();
			try (var session = timed("sign in", () -> connector.open(target))) {
				var candidate = timed("load and compare", () -> session.load(desired));
				var commit = timed("commit (write, verify, switch)",
						() -> candidate.commit(Duration.ofMinutes(1), (stage) -> {
						}));
				timed("verify again", commit::verify);
				timed("try three numbers out", () -> commit.probe(PROBES));
				timed("sign in anew", () -> {
					commit.reconnect();
					return commit;
				});
				timed("confirm", () -> {
					commit.confirm();
					return commit;
				});
				print("= confirmed-effective", start);
				timed("look for drift", () -> session.observe(desired));
			}
		}
	}

	/** What no way of applying can do without. */
	private static void floor(Target target, DesiredConfig desired) {
		var rows = AsteriskDialect.rows(desired, 'a');
		try (var line = SignedIn.at(target, AmiClient.Deadlines.DEFAULT, HostPolicy.DEFAULT, AmiMeters.NONE)) {
			timed("floor: bare writes, one read", () -> {
				var puts = new ArrayList<AmiAction>();
				rows.forEach((key, value) -> puts.add(AmiAction.dbPut(UNUSED + "/" + key, value)));
				line.client().pipeline(puts);
				return Slots.rows(line.client(), UNUSED);
			});
			line.client().call(AmiAction.dbDelTree(UNUSED));
		}
	}

	private static <T> T timed(String what, Supplier<T> work) {
		long start = System.nanoTime();
		var result = work.get();
		print(what, start);
		return result;
	}

	private static void print(String what, long start) {
		System.out.printf("%-32s %6d ms%n", what, (System.nanoTime() - start) / 1_000_000);
	}

	private static DesiredConfig desired(int round, int routes) {
		var codes = new TreeMap<String, CodeRule>();
		for (int i = 0; i < CODES; i++) {
			codes.put(Integer.toString(200 + i), ((i + round) % 2 == 0) ? CodeRule.ALLOW : CodeRule.DENY);
		}
		var endpoints = new TreeMap<String, EndpointRights>();
		for (int i = 0; i < EXTENSIONS; i++) {
			endpoints.put(Integer.toString(10_000 + i),
					new EndpointRights((i + round) % 2 == 0, Outbound.ALWAYS, (i % 5 == 0) ? 3600 : null));
		}
		return new DesiredConfig(true, "00", new TreeSet<>(Set.of("+", "00")), new TreeSet<>(), codes,
				ConnectorContractTests.emergency(Set.of("112")), new TreeSet<>(), new TreeSet<>(), new TreeMap<>(),
				endpoints, "Europe/Paris", new TreeMap<>(Map.of()), sections(round, routes), new TreeMap<>(),
				new TreeMap<>());
	}

	/** Every pattern is another one in each round. */
	private static List<DialSection> sections(int round, int routes) {
		return IntStream.range(0, routes)
			.mapToObj((route) -> DialSection.through("trunk",
					IntStream.range(0, PATTERNS)
						.mapToObj((pattern) -> "0%02d%02d%dXXXX!".formatted(route, pattern, round % 10))
						.toList()))
			.toList();
	}

}
