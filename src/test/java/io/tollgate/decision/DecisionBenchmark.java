package io.tollgate.decision;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.RouteType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions a second on one core, by the compiled snapshot and by the function that it
 * must agree with: 50 routes of 20 patterns, all calling codes, 500 extensions and 1,000
 * restricted numbers; calls as a busy PBX that is under attack sees them. Run it by
 * {@code scripts/bench-decisions}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {

	/** A power of two. */
	private static final int CALLS = 1 << 14;

	private static final int EXTENSIONS = 500;

	private static final int RESTRICTIONS = 1000;

	private static final int PATTERNS = 20;

	/** A Wednesday morning in Denver: the company works. */
	private static final Instant AT = Instant.parse("2026-11-18T17:00:00Z");

	private static final List<String> CARRIERS = List.of("carrier", "backup");

	private final Random random = new Random(2026);

	private final String[] endpoints = new String[CALLS];

	private final String[] dialled = new String[CALLS];

	private final SortedMap<String, CallRestrictions> extensions = new TreeMap<>();

	private final TreeSet<String> allowed = new TreeSet<>();

	private final TreeSet<String> restricted = new TreeSet<>();

	private Snapshot snapshot;

	private CompiledSnapshot compiled;

	private int next;

	@Setup
	public void build() {
		this.snapshot = snapshot();
		long start = System.nanoTime();
		this.compiled = CompiledSnapshot.of(this.snapshot).orElseThrow();
		System.out.printf("compiled in %d ms: %s%n", (System.nanoTime() - start) / 1_000_000, this.compiled);
		var reasons = new EnumMap<Reason, Integer>(Reason.class);
		for (int i = 0; i < CALLS; i++) {
			this.endpoints[i] = String.valueOf(1000 + this.random.nextInt(EXTENSIONS));
			this.dialled[i] = number();
			var reason = Decision.judge(this.snapshot, new Call(this.endpoints[i], this.dialled[i], AT)).reason();
			if (this.compiled.reason(this.endpoints[i], this.dialled[i], AT) != reason) {
				throw new IllegalStateException(this.endpoints[i] + " " + this.dialled[i]);
			}
			reasons.merge(reason, 1, Integer::sum);
		}
		System.out.printf("%d calls: %s%n", CALLS, reasons);
	}

	@Benchmark
	public Reason compiled() {
		int call = this.next++ & (CALLS - 1);
		return this.compiled.reason(this.endpoints[call], this.dialled[call], AT);
	}

	@Benchmark
	public Reason interpreted() {
		int call = this.next++ & (CALLS - 1);
		return Decision.judge(this.snapshot, new Call(this.endpoints[call], this.dialled[call], AT)).reason();
	}

	private Snapshot snapshot() {
		for (var entry : CallingCodes.all()) {
			if (entry.kind() == CallingCodeEntry.Kind.COUNTRY && this.random.nextBoolean()) {
				this.allowed.add(entry.code());
			}
		}
		this.allowed.add("1");
		var policy = new PolicyRules(1, "Office", "US", true, "011", new TreeSet<>(Set.of("+", "00")), this.allowed,
				NumberingPlan.of("US").emergencyNumbers());
		for (int i = 0; i < EXTENSIONS; i++) {
			this.extensions.put(String.valueOf(1000 + i), new CallRestrictions(this.random.nextInt(10) == 0,
					this.random.nextInt(50) == 0, this.random.nextInt(10) == 0, null));
		}
		var week = new HashMap<DayOfWeek, BusinessHours.Hours>();
		week.put(DayOfWeek.WEDNESDAY, new BusinessHours.Hours(480, 1080));
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("America/Denver"), week), this.extensions, CARRIERS,
				routes(), restrictions());
	}

	private List<OutboundRoute> routes() {
		var routes = new ArrayList<OutboundRoute>();
		routes.add(OutboundRoute.blocking("Premium", Block.rejected(),
				IntStream.range(0, PATTERNS).mapToObj((i) -> "1NXX976" + (10 + i) + "!").toList()));
		// 9 for a line: what follows is judged once more
		routes.add(OutboundRoute.through("Nine", CARRIERS, List.of())
			.withRules(areas(1).stream().map((match) -> new DialRule("", "9", match, "")).toList()));
		for (int i = 2; i < 42; i++) {
			routes.add(local(i));
		}
		for (int i = 42; i < 49; i++) {
			int first = 20 + 10 * (i - 42);
			routes.add(OutboundRoute.through("Abroad " + i, CARRIERS,
					IntStream.range(first, first + PATTERNS).mapToObj((code) -> "011" + code + "XXXX!").toList()));
		}
		var last = new ArrayList<>(List.of("NXXXXXX", "NXXNXXXXXX", "1NXXNXXXXXX", "011ZXXXX!"));
		IntStream.range(0, PATTERNS - last.size()).forEach((i) -> last.add("1800" + (200 + i) + "XXXX"));
		routes.add(OutboundRoute.through("Last", CARRIERS, last));
		return routes;
	}

	/**
	 * Some for a few people only, some for the working day, some that look at who calls.
	 */
	private OutboundRoute local(int number) {
		var users = new TreeSet<String>();
		for (int more = (number % 8 == 0) ? 40 : 0; more > 0; more--) {
			users.add(String.valueOf(1000 + this.random.nextInt(EXTENSIONS)));
		}
		var time = (number % 10 == 0)
				? new RouteTime("America/Denver", new TreeSet<>(Set.of(DayOfWeek.WEDNESDAY)), 480, 1080) : null;
		var caller = (number % 13 == 0) ? "10XX" : "";
		return new OutboundRoute("Local " + number, RouteType.NORMAL, true,
				areas(number).stream().map((match) -> new DialRule("", "", match, caller)).toList(), CARRIERS, null,
				users, time, "", "");
	}

	/** 20 area codes of the 800. */
	private static List<String> areas(int number) {
		return IntStream.range(0, PATTERNS)
			.mapToObj((i) -> "1" + (200 + (number * PATTERNS + i) % 800) + "NXXXXXX")
			.toList();
	}

	private NumberRestrictions restrictions() {
		this.restricted.add("1900");
		while (this.restricted.size() < RESTRICTIONS) {
			this.restricted.add(switch (this.random.nextInt(20)) {
				case 0 -> "1XXX" + (900 + this.random.nextInt(100));
				case 1, 2, 3, 4, 5, 6, 7, 8 -> "1" + (200 + this.random.nextInt(800)) + digits(3);
				default -> code() + digits(2 + this.random.nextInt(4));
			});
		}
		var exemptions = new ArrayList<Exemption>();
		for (int i = 0; i < 20; i++) {
			exemptions.add(new Exemption(String.valueOf(1000 + this.random.nextInt(EXTENSIONS)),
					pick(List.copyOf(this.restricted)), null));
		}
		return new NumberRestrictions(this.restricted, exemptions);
	}

	/**
	 * Of 100 calls: 40 in the country, 40 abroad, half of them allowed, 10 restricted
	 * ones, 5 emergency calls and 5 that are nonsense.
	 */
	private String number() {
		int kind = this.random.nextInt(100);
		if (kind < 40) {
			return switch (kind % 4) {
				case 0 -> (2 + this.random.nextInt(8)) + digits(9);
				case 1 -> "91" + (200 + this.random.nextInt(800)) + "5" + digits(6);
				default -> "1" + (200 + this.random.nextInt(800)) + "5" + digits(6);
			};
		}
		if (kind < 80) {
			var code = code();
			while (this.allowed.contains(code) != (kind < 60)) {
				code = code();
			}
			return pick(List.of("011", "011", "+", "00")) + code + digits(12 - code.length());
		}
		if (kind < 90) {
			var entry = pick(List.copyOf(this.restricted)).replace("XXX", "5" + digits(2));
			return (entry.startsWith("1") ? pick(List.of("", "+")) : "011") + entry
					+ digits(11 - Math.min(10, entry.length()));
		}
		return (kind < 95) ? "911" : pick(
				List.of("0", "*72" + digits(6), "0", "1" + digits(4), "00#" + digits(8), digits(40), "call me", "+"));
	}

	private String code() {
		var entry = pick(CallingCodes.all());
		return (entry.kind() == CallingCodeEntry.Kind.COUNTRY) ? entry.code() : code();
	}

	private String digits(int count) {
		return this.random.ints(count, 0, 10)
			.collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
			.toString();
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

}
