package io.tollgate.apply;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.connector.Connector;
import io.tollgate.connector.Target;
import io.tollgate.connector.asterisk.AsteriskConnector;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The decision function and the PBX must agree: random policies are compiled and applied
 * to a real Asterisk, phones dial random numbers, and each call must end as the function
 * said, with the number that it said at the trunk. The seed is printed;
 * {@code -Dtollgate.seed=…} repeats a run.
 */
@ExtendWith(AsteriskLog.class)
class DecisionIT {

	private static final int POLICIES = Integer.getInteger("tollgate.policies", 10);

	private static final int CALLS = 200;

	/** Extensions of the lab; the last two are unknown to the portal. */
	private static final int EXTENSIONS = 12;

	private static final int KNOWN = 10;

	private static final List<String> HOMES = List.of("MX", "US", "US", "DE", "GB", "CA", "BR", "RU");

	private static final List<String> CODES = List.of("1", "1876", "1242", "1787", "54", "62", "44", "49", "7", "52",
			"881", "979", "34", "999", "0", "210");

	private static final List<String> PREFIXES = List.of("", "", "", "+", "00", "011", "0", "9", "1", "810", "0011",
			"000");

	private final long seed = Long.getLong("tollgate.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void thePbxDoesWhatTheFunctionSays(RealAsterisk.Version version) {
		var wrong = new ArrayList<String>();
		var reasons = new EnumMap<Verdict.Reason, Integer>(Verdict.Reason.class);
		try (var pbx = RealAsterisk.start(version, LabSpec.of(EXTENSIONS)); var carrier = Carrier.start(pbx)) {
			var connector = new AsteriskConnector();
			var target = new Target("127.0.0.1", pbx.amiPort(), false, null, "tollgate-config", RealAsterisk.SECRET);
			for (int policy = 0; policy < POLICIES; policy++) {
				var snapshot = snapshot();
				apply(connector, target, snapshot);
				wrong.addAll(compare(snapshot, new SipPhones(pbx), carrier, reasons));
			}
		}
		System.out.printf("DecisionIT %s: seed %d, %d calls, %d disagreements, %s%n", version, this.seed,
				POLICIES * CALLS, wrong.size(), reasons);
		assertThat(wrong).as("seed %d", this.seed).isEmpty();
		// a test that never meets a rule proves nothing about it
		assertThat(reasons.keySet()).contains(Verdict.Reason.EMERGENCY, Verdict.Reason.ROUTED, Verdict.Reason.NUMBER,
				Verdict.Reason.OUTBOUND, Verdict.Reason.EXTENSION, Verdict.Reason.COUNTRY, Verdict.Reason.NO_ROUTE);
	}

	private static void apply(Connector connector, Target target, Snapshot snapshot) {
		var ready = (Compiled.Ready) Compiler.compile(snapshot);
		try (var session = connector.open(target)) {
			var candidate = session.load(ready.config());
			if (!candidate.diff().isEmpty()) {
				var pending = candidate.commit(Duration.ofMinutes(2), (stage) -> {
				});
				assertThat(pending.verify().isEmpty()).isTrue();
				pending.confirm();
			}
		}
	}

	private List<String> compare(Snapshot snapshot, SipPhones phones, Carrier carrier,
			EnumMap<Verdict.Reason, Integer> reasons) {
		var calls = new ArrayList<Call>();
		for (int call = 0; call < CALLS; call++) {
			calls.add(new Call(caller(), dialled(snapshot), Instant.now()));
		}
		var statuses = phones
			.callAll(calls.stream().map((call) -> new SipPhones.Call(call.endpoint(), wire(call))).toList());
		var wrong = new ArrayList<String>();
		var sent = new ArrayList<String>();
		for (int at = 0; at < CALLS; at++) {
			var call = calls.get(at);
			var verdict = Decision.judge(snapshot, call);
			reasons.merge(verdict.reason(), 1, Integer::sum);
			int status = statuses.get(at);
			if (status != expected(verdict, call)) {
				wrong.add("%s dials %s: function %s, PBX %d; %s".formatted(call.endpoint(), call.dialled(),
						verdict.reason(), status, snapshot));
			}
			if (verdict.allowed()) {
				sent.add((verdict.reason() == Verdict.Reason.EMERGENCY) ? call.dialled() : verdict.sent());
			}
		}
		var seen = new ArrayList<>(carrier.numbers());
		Collections.sort(seen);
		Collections.sort(sent);
		if (!seen.equals(sent)) {
			var more = new ArrayList<>(seen);
			sent.forEach(more::remove);
			var less = new ArrayList<>(sent);
			seen.forEach(less::remove);
			wrong.add("at the trunk: unexpected " + more + ", missing " + less + "; " + snapshot);
		}
		return wrong;
	}

	/**
	 * What does not even look like a number to the guard, or has no route, is not found;
	 * the rest is forbidden.
	 */
	private static int expected(Verdict verdict, Call call) {
		if (verdict.allowed()) {
			return 200;
		}
		boolean seen = call.dialled().replace("-", "").matches("[+0-9].*");
		return (verdict.reason() == Verdict.Reason.NO_ROUTE || !seen) ? 404 : 403;
	}

	private static String wire(Call call) {
		return URLEncoder.encode(call.dialled(), StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

	private String caller() {
		return (this.random.nextInt(20) == 0) ? "trunk" : String.valueOf(1001 + this.random.nextInt(EXTENSIONS));
	}

	private String dialled(Snapshot snapshot) {
		int kind = this.random.nextInt(100);
		if (kind < 4) {
			return pick(List.copyOf(snapshot.policy().emergencyNumbers()));
		}
		if (kind < 10) {
			return odd();
		}
		String prefix = pick(PREFIXES);
		if (kind < 60) {
			return prefix + pick(CODES) + digits(5 + this.random.nextInt(6));
		}
		if (kind < 75) {
			return pick(List.copyOf(snapshot.policy().internationalPrefixes())) + anyCode().code()
					+ digits(4 + this.random.nextInt(7));
		}
		// not 4 digits: the lab's own extensions have those
		return prefix + (2 + this.random.nextInt(8)) + digits(5 + this.random.nextInt(6));
	}

	private String odd() {
		return switch (this.random.nextInt(8)) {
			case 0 -> "00-54" + digits(7);
			case 1 -> "0054" + digits(6) + "#";
			case 2 -> "00+54" + digits(7);
			case 3 -> "0054" + digits(28 + this.random.nextInt(4));
			case 4 -> "*72" + digits(9);
			case 5 -> "00 54" + digits(7);
			case 6 -> "0054" + digits(5) + "&" + digits(3);
			default -> "0054" + digits(5) + "x" + digits(3);
		};
	}

	private Snapshot snapshot() {
		String home = pick(HOMES);
		var plan = NumberingPlan.of(home);
		var prefixes = new TreeSet<String>();
		for (String prefix : List.of("+", "00", "011")) {
			if (this.random.nextInt(6) > 0) {
				prefixes.add(prefix);
			}
		}
		var allowed = new TreeSet<String>();
		CODES.stream()
			.filter((code) -> CallingCodes.find(code).isPresent() && this.random.nextBoolean())
			.forEach(allowed::add);
		for (int more = this.random.nextInt(40); more > 0; more--) {
			allowed.add(anyCode().code());
		}
		var policy = new PolicyRules(1, "Random", home, this.random.nextInt(8) > 0,
				(this.random.nextInt(4) > 0) ? plan.dialingCode() : "00", prefixes, allowed, plan.emergencyNumbers());
		var rights = new TreeMap<String, CallRestrictions>();
		for (int extension = 0; extension < KNOWN; extension++) {
			rights.put(String.valueOf(1001 + extension), restrictions());
		}
		var patterns = new ArrayList<>(plan.defaultPatterns());
		patterns.add(policy.dialingCode() + "ZXXXX!");
		patterns.add("NXXXXXXXX");
		return new Snapshot(policy, hours(), rights, new TreeSet<>(List.of("trunk")),
				List.of(OutboundRoute.through("Outbound", List.of("trunk"), patterns.stream().distinct().toList())));
	}

	private CallRestrictions restrictions() {
		return new CallRestrictions(this.random.nextInt(3) == 0, this.random.nextInt(8) == 0,
				this.random.nextInt(4) == 0, (this.random.nextInt(4) == 0) ? 60 + this.random.nextInt(3600) : null);
	}

	/** Random weeks, but none that opens or closes while the calls are made. */
	private BusinessHours hours() {
		var zone = ZoneId.of(pick(List.of("UTC", "America/Monterrey", "Asia/Kolkata", "Pacific/Auckland")));
		var now = ZonedDateTime.now(zone);
		int minute = now.getHour() * 60 + now.getMinute();
		var days = new EnumMap<DayOfWeek, BusinessHours.Hours>(DayOfWeek.class);
		for (var day : DayOfWeek.values()) {
			int opens = this.random.nextInt(1380);
			int closes = opens + 1 + this.random.nextInt(1440 - opens);
			if (Math.abs(opens - minute) > 5 && Math.abs(closes - minute) > 5 && this.random.nextInt(5) > 0) {
				days.put(day, new BusinessHours.Hours(opens, closes));
			}
		}
		return new BusinessHours(zone, days);
	}

	private CallingCodeEntry anyCode() {
		return pick(CallingCodes.all());
	}

	private String digits(int count) {
		var digits = new StringBuilder();
		for (int digit = 0; digit < count; digit++) {
			digits.append(this.random.nextInt(10));
		}
		return digits.toString();
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

}
