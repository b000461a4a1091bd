package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The leak check finds what somebody finds who dials everything, and nothing else, in
 * random small configurations. The seed is printed; {@code -Dtollgate.seed=…} repeats a
 * run, {@code -Dtollgate.policies=…} makes it longer.
 */
class LeakCheckBruteForceTests {

	private static final int CASES = Integer.getInteger("tollgate.policies", 500);

	private static final int LONGEST = 7;

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final Map<String, List<String>> strings = new ConcurrentHashMap<>();

	private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

	private final Map<Result, Integer> results = Collections.synchronizedMap(new EnumMap<>(Result.class));

	private final Map<Leak.Kind, Integer> kinds = Collections.synchronizedMap(new EnumMap<>(Leak.Kind.class));

	private final Map<Leak.Cause, Integer> causes = Collections.synchronizedMap(new EnumMap<>(Leak.Cause.class));

	@Test
	void withTheGuard() {
		new Random(this.seed).longs(CASES).parallel().forEach((seed) -> {
			var random = new Random(seed);
			var next = new SmallSnapshots(random).next();
			var force = new BruteForce(LeakReference.of(next.snapshot(), SmallSnapshots.NOW), SmallSnapshots.CALLERS);
			force.dial(this.strings.computeIfAbsent(next.digits(),
					(digits) -> BruteForce.withPlus(BruteForce.strings(digits, LONGEST), LONGEST)));
			compare(seed, force, LeakCheck.of(next.snapshot(), SmallSnapshots.NOW), random);
		});
		conclude("with the guard");
		assertThat(this.causes).containsOnlyKeys(Leak.Cause.UNKNOWN_PREFIX, Leak.Cause.BLOCK_BELOW,
				Leak.Cause.OTHER_SPELLING);
	}

	@Test
	void routesAlone() {
		new Random(this.seed).longs(CASES).parallel().forEach((seed) -> {
			var random = new Random(seed);
			var next = new SmallSnapshots(random).next();
			var force = new BruteForce(LeakReference.ofRoutesAlone(next.snapshot(), SmallSnapshots.NOW),
					SmallSnapshots.CALLERS);
			int longest = (seed % 20 == 0) ? LONGEST : LONGEST - 2;
			force.dial(this.strings.computeIfAbsent(next.digits() + longest,
					(digits) -> BruteForce.strings(next.digits() + "+-", longest)));
			compare(seed, force, LeakCheck.ofRoutesAlone(next.snapshot(), SmallSnapshots.NOW), random);
		});
		conclude("routes alone");
		assertThat(this.causes).containsOnlyKeys(Leak.Cause.NOTHING_JUDGES, Leak.Cause.BLOCK_BELOW,
				Leak.Cause.OTHER_SPELLING);
	}

	private void conclude(String what) {
		System.out.printf("LeakCheckBruteForce %s: seed %d, %s, %s, %s, %d disagreements%n", what, this.seed,
				this.results, this.kinds, this.causes, this.wrong.size());
		assertThat(this.wrong.stream().limit(5)).as("seed %d", this.seed).isEmpty();
		assertThat(this.results).containsOnlyKeys(Result.PROVED, Result.LEAKS);
		assertThat(this.kinds).containsOnlyKeys(Leak.Kind.values());
	}

	private void compare(long number, BruteForce force, LeakReport report, Random random) {
		this.results.merge(report.result(), 1, Integer::sum);
		if ((report.result() == Result.LEAKS) == report.leaks().isEmpty()) {
			wrong(number, force, report.result() + " with " + report.leaks());
		}
		force.dial(IntStream.range(0, 100).mapToObj((i) -> longer(force, random)).toList());
		force.shortest().forEach((way, dialled) -> {
			if (report.leaks().stream().noneMatch((leak) -> isAsShort(leak, way, dialled))) {
				wrong(number, force,
						"%s leaks by %s, the check says %s".formatted(dialled, way,
								report.leaks()
									.stream()
									.map((leak) -> leak.kind() + " " + leak.dialled() + " " + leak.route())
									.toList()));
			}
		});
		for (var leak : report.leaks()) {
			this.kinds.merge(leak.kind(), 1, Integer::sum);
			this.causes.merge(leak.cause(), 1, Integer::sum);
			if (!isConfirmed(force.reference(), leak)) {
				wrong(number, force, "not confirmed: " + leak);
			}
			if (!leak.remedy().isEmpty() && !closes(force.reference(), leak)) {
				wrong(number, force, "not closed: " + leak);
			}
		}
	}

	private void wrong(long number, BruteForce force, String what) {
		this.wrong.add("case %d: %s; %s".formatted(number, what, words(force.reference().snapshot())));
	}

	/** What is worth knowing about a configuration, without what is not. */
	private static String words(Snapshot snapshot) {
		var policy = snapshot.policy();
		var words = new StringBuilder("%s %s, code %s of %s, emergency %s, %s".formatted(policy.homeCountry(),
				policy.protectionEnabled() ? "protected" : "open", policy.dialingCode(), policy.internationalPrefixes(),
				policy.emergencyNumbers(), snapshot.trunks()));
		for (var route : snapshot.routes()) {
			words.append("\n  ")
				.append(route.enabled() ? "" : "not ")
				.append(route.name())
				.append(' ')
				.append(route.trunks());
			route.rules()
				.forEach((rule) -> words.append(
						" (%s) %s | %s (%s)".formatted(rule.prepend(), rule.prefix(), rule.match(), rule.callerId())));
			words.append(' ').append(route.users()).append(' ').append(route.time());
		}
		return words.append("\n  ")
			.append(snapshot.restrictions())
			.append(' ')
			.append(snapshot.extensions().values())
			.toString();
	}

	private static boolean isAsShort(Leak leak, BruteForce.Way way, String dialled) {
		return leak.kind() == way.kind() && leak.route().equals(way.route())
				&& leak.dialled().length() <= dialled.length();
	}

	/** Something that a pattern takes, mostly, and that is longer. */
	private static String longer(BruteForce force, Random random) {
		var rules = force.reference().snapshot().routes().stream().flatMap((route) -> route.rules().stream()).toList();
		var pattern = rules.get(random.nextInt(rules.size())).dialled().replaceAll("\\[(.)[^]]*]", "$1");
		var number = new StringBuilder();
		for (char c : pattern.toCharArray()) {
			number.append(switch (c) {
				case 'X', '.', '!' -> random.nextInt(10);
				case 'Z' -> 1 + random.nextInt(9);
				case 'N' -> 2 + random.nextInt(8);
				default -> c;
			});
		}
		int length = 10 + random.nextInt(5);
		while (number.length() < length) {
			number.append(random.nextInt(10));
		}
		return number.toString();
	}

	/** Whether somebody who dials that leaks as the check says. */
	private static boolean isConfirmed(LeakReference reference, Leak leak) {
		var endpoints = leak.endpoint().isEmpty() ? strangers(reference) : List.of(leak.endpoint());
		return endpoints.stream().anyMatch((endpoint) -> isConfirmed(reference, leak, endpoint));
	}

	private static List<String> strangers(LeakReference reference) {
		return SmallSnapshots.CALLERS.stream()
			.filter((caller) -> !reference.snapshot().extensions().containsKey(caller))
			.toList();
	}

	private static boolean isConfirmed(LeakReference reference, Leak leak, String endpoint) {
		var verdict = Decision.judge(reference.snapshot(), new Call(endpoint, leak.dialled(), leak.at()));
		boolean judged = !reference.isGuarded() || (verdict.reason() == Reason.ROUTED
				&& verdict.legs().contains(new Verdict.Leg(leak.trunk(), leak.sent())));
		return judged && leak.subjects().contains(leak.subject()) && reference.caller(endpoint, leak.at())
			.leaks(leak.dialled())
			.stream()
			.anyMatch((out) -> out.why().kind() == leak.kind() && out.route().name().equals(leak.route())
					&& out.way().rule().dialled().equals(leak.pattern())
					&& out.leg().equals(new Verdict.Leg(leak.trunk(), leak.sent()))
					&& out.reading().number().equals(leak.number()) && out.why().subjects().contains(leak.subject()));
	}

	/** Whether what the check says would stop the leak does. */
	private static boolean closes(LeakReference reference, Leak leak) {
		var mended = mended(reference.snapshot(), leak);
		var after = reference.isGuarded() ? LeakReference.of(mended, SmallSnapshots.NOW)
				: LeakReference.ofRoutesAlone(mended, SmallSnapshots.NOW);
		Predicate<String> stopped = (endpoint) -> after.caller(endpoint, leak.at()).leaks(leak.dialled()).isEmpty();
		// which stranger it is about is not said: for others there may be another leak
		return leak.endpoint().isEmpty() ? strangers(reference).stream()
			.filter((endpoint) -> isConfirmed(reference, leak, endpoint))
			.anyMatch(stopped) : stopped.test(leak.endpoint());
	}

	private static Snapshot mended(Snapshot snapshot, Leak leak) {
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX -> {
				var policy = snapshot.policy();
				var prefixes = new TreeSet<>(policy.internationalPrefixes());
				prefixes.add(leak.remedy());
				yield snapshot.withPolicy(
						new PolicyRules(policy.id(), policy.name(), policy.homeCountry(), policy.protectionEnabled(),
								policy.dialingCode(), prefixes, policy.allowedCodes(), policy.emergencyNumbers()));
			}
			case OTHER_SPELLING -> {
				var entries = new TreeSet<>(snapshot.restrictions().entries());
				entries.add(leak.remedy());
				yield snapshot.withRestrictions(new NumberRestrictions(entries, snapshot.restrictions().exemptions()));
			}
			case BLOCK_BELOW -> {
				var routes = new ArrayList<>(snapshot.routes());
				var block = routes.stream()
					.filter((route) -> route.name().equals(leak.remedy()))
					.findFirst()
					.orElseThrow();
				routes.remove(block);
				routes.add(routes.stream().map(OutboundRoute::name).toList().indexOf(leak.route()), block);
				yield snapshot.withRoutes(routes);
			}
			case NOTHING_JUDGES -> snapshot;
		};
	}

}
