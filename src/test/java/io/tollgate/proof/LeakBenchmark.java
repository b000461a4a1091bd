package io.tollgate.proof;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.DialPattern;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;

/**
 * How long a leak check takes, on one core, with the floor of the same run: reading the
 * patterns once. {@code scripts/bench-leaks} runs it, each size in a process of its own.
 */
final class LeakBenchmark {

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private LeakBenchmark() {
	}

	/** {@code scale} times 50 routes of 200 patterns, or {@code pathological}. */
	public static void main(String[] arguments) {
		var size = (arguments.length > 0) ? arguments[0] : "1";
		var snapshot = size.equals("pathological") ? pathological() : snapshot(Integer.parseInt(size));
		// small sizes are measured warm, as the portal runs them all day
		int rounds = size.equals("1") ? 12 : size.equals("10") ? 4 : 1;
		for (int round = 1; round <= rounds; round++) {
			long floor = cpu();
			var read = snapshot.routes()
				.stream()
				.flatMap((route) -> route.rules().stream())
				.filter((rule) -> DialPattern.parse(rule.dialled()) instanceof DialPattern.Ok)
				.count();
			long start = cpu();
			long wall = System.nanoTime();
			var report = LeakCheck.of(snapshot, NOW);
			System.out.printf(Locale.ROOT,
					"%s: %,d patterns, %,d restrictions: %s %s, %.3f s CPU, %.3f s, floor %.3f s, %,d states, %d leaks%n",
					size, read, snapshot.restrictions().entries().size(), report.result(), report.gaps(),
					(cpu() - start) / 1e9, (System.nanoTime() - wall) / 1e9, (start - floor) / 1e9,
					report.scope().states(), report.leaks().size());
		}
	}

	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static Snapshot snapshot(int scale) {
		var random = new Random(4);
		var routes = new ArrayList<OutboundRoute>();
		var blocked = new ArrayList<String>();
		for (int i = 0; i < 200; i++) {
			blocked.add("1%s%dNXXXXXX".formatted(area(random), random.nextInt(10)).replaceFirst("N", ""));
		}
		routes.add(OutboundRoute.blocking("block", Block.rejected(), blocked));
		var strips = List.of("", "", "9", "", "8", "", "77");
		for (int route = 1; route < 50 * scale; route++) {
			var rules = new ArrayList<DialRule>();
			var prefix = strips.get(route % strips.size());
			for (int i = 0; i < 200; i++) {
				rules.add(new DialRule("", prefix, pattern(random), ""));
			}
			routes.add(OutboundRoute.through("route " + route, List.of("carrier" + route % 5), List.of())
				.withRules(rules));
		}
		var entries = new TreeSet<String>();
		while (entries.size() < 1000 * scale) {
			entries.add("1" + area(random) + digits(random, 1 + random.nextInt(6)));
		}
		blocked.forEach((pattern) -> entries.add(pattern.replaceAll("[^0-9]", "")));
		return of(routes, entries);
	}

	private static String pattern(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> "011" + (1 + random.nextInt(9)) + digits(random, 1 + random.nextInt(6)) + "X!";
			case 1 -> area(random) + "NXX" + digits(random, 2) + "XX";
			case 2 -> "N" + digits(random, 3) + "XXX";
			case 3 -> "1" + area(random) + "[2-5]XX" + digits(random, 1) + "XXX";
			default -> "1" + area(random) + (2 + random.nextInt(8)) + digits(random, random.nextInt(4)) + "XXX!";
		};
	}

	private static String area(Random random) {
		return (2 + random.nextInt(7)) + "0" + random.nextInt(10);
	}

	private static String digits(Random random, int count) {
		var digits = new StringBuilder();
		for (int i = 0; i < count; i++) {
			digits.append(random.nextInt(10));
		}
		return digits.toString();
	}

	/**
	 * A digit at some place, anything before: every subset of places is another state.
	 */
	private static Snapshot pathological() {
		var routes = new ArrayList<OutboundRoute>();
		for (int i = 0; i < 28; i++) {
			routes.add(OutboundRoute.through("route " + i, List.of("carrier"),
					List.of("X".repeat(i) + "[13579]" + "X".repeat(29 - i))));
		}
		return of(routes, Set.of("1900"));
	}

	private static Snapshot of(List<OutboundRoute> routes, Set<String> entries) {
		var policy = new PolicyRules(1, "Policy", "US", true, "011", new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(Set.of("1", "44", "52", "54")), new TreeSet<>(Set.of("911")));
		var extensions = new TreeMap<String, CallRestrictions>();
		for (int i = 0; i < 500; i++) {
			extensions.put(String.valueOf(1000 + i), new CallRestrictions(i % 2 == 0, false, false, null));
		}
		return Snapshot.of(policy, new BusinessHours(ZoneOffset.UTC, Map.of()), extensions, List.of("carrier"), routes,
				new NumberRestrictions(new TreeSet<>(entries), List.of()));
	}

}
