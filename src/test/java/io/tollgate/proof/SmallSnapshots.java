package io.tollgate.proof;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pin.PinList;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.RouteType;
import io.tollgate.route.Trunk;

/**
 * Random whole configurations in which everything that matters happens within seven
 * characters: few digits, short patterns, and each thing that can go wrong rather often.
 */
final class SmallSnapshots {

	/** A Wednesday; no clock is moved in the week after it, where there are times. */
	static final Instant NOW = Instant.parse("2026-02-11T10:17:00Z");

	/** Where a week of moments begins. */
	static final Instant MIDNIGHT = Instant.parse("2026-02-11T00:00:00Z");

	/** Those that may call: known to the portal, and strangers of several kinds. */
	static final List<String> CALLERS = List.of("10", "11", "12", "13", "14", "20", "21", "222", "777");

	private static final int KNOWN = 4;

	private static final List<String> HOMES = List.of("US", "US", "US", "JM", "MX", "GB", "AU", "IT");

	private static final Map<String, List<String>> DIGITS = Map.of("US", List.of("014", "014", "012", "017", "0149"),
			"JM", List.of("014", "017", "0168"), "MX", List.of("052", "025", "015"), "GB",
			List.of("047", "041", "0247"), "AU", List.of("016", "061", "0136"), "IT", List.of("039", "013", "0379"));

	private static final List<String> ZONES = List.of("UTC", "Asia/Kolkata", "America/Monterrey");

	private final Random random;

	private String digits = "";

	SmallSnapshots(Random random) {
		this.random = random;
	}

	/** The next one. */
	Case next() {
		var home = pick(HOMES);
		this.digits = pick(DIGITS.getOrDefault(home, List.of("01")));
		var policy = policy(NumberingPlan.of(home));
		var rights = new TreeMap<String, CallRestrictions>();
		CALLERS.subList(0, KNOWN)
			.forEach((extension) -> rights.put(extension,
					new CallRestrictions(oneIn(3), oneIn(12), oneIn(8), oneIn(8) ? 60 : null)));
		var groups = new TreeMap<>(Map.of("some", new ExtensionGroup("Some", new TreeSet<>(Set.of("11", "14")))));
		var pins = new TreeMap<>(
				Map.of("guests", new PinList("Guests", "00", new TreeMap<>(Map.of("00".repeat(20), "Guest")))));
		return new Case(new Snapshot(policy, hours(), rights, groups, trunks(), routes(policy), restrictions(policy),
				pins, new TreeMap<>()), this.digits);
	}

	private PolicyRules policy(NumberingPlan plan) {
		var prefixes = new TreeSet<String>();
		for (var prefix : List.of("+", "00", "011", plan.dialingCode())) {
			if (!oneIn(3)) {
				prefixes.add(prefix);
			}
		}
		var allowed = new TreeSet<String>();
		CallingCodes.all()
			.stream()
			.map(CallingCodeEntry::code)
			.filter((code) -> oneIn(isOfDigits(code) ? 2 : 4))
			.forEach(allowed::add);
		var dialingCode = oneIn(5) ? pick(List.of("00", "0", digit())) : plan.dialingCode();
		return new PolicyRules(1, "Small", plan.iso(), !oneIn(5), dialingCode, prefixes, allowed,
				oneIn(4) ? new TreeSet<>(Set.of(some(2, 3))) : plan.emergencyNumbers());
	}

	private boolean isOfDigits(String code) {
		return code.chars().allMatch((digit) -> this.digits.indexOf(digit) >= 0);
	}

	private BusinessHours hours() {
		var days = new EnumMap<DayOfWeek, BusinessHours.Hours>(DayOfWeek.class);
		for (var day : DayOfWeek.values()) {
			if (!oneIn(4)) {
				days.put(day,
						new BusinessHours.Hours(60 * this.random.nextInt(12), 720 + 60 * this.random.nextInt(12)));
			}
		}
		return new BusinessHours(ZoneId.of(pick(ZONES)), days);
	}

	private TreeMap<String, Trunk> trunks() {
		return new TreeMap<>(Map.of("one", trunk(""), "two", trunk(""), "three", trunk("DAHDI/g1/$OUTNUM$")));
	}

	private Trunk trunk(String dial) {
		return new Trunk(dial, oneIn(4) ? Trunk.Reading.E164 : Trunk.Reading.AS_DIALLED,
				oneIn(4) ? pick(List.of("0", "*9", "1", digit())) : "");
	}

	private List<OutboundRoute> routes(PolicyRules policy) {
		var routes = new ArrayList<OutboundRoute>();
		if (oneIn(4)) {
			routes.add(new OutboundRoute("Emergency", RouteType.EMERGENCY, true,
					List.of(new DialRule("", oneIn(2) ? digit() : "", some(2, 3), "")), List.of("one"), null,
					new TreeSet<>(), null, "", ""));
		}
		int count = 1 + this.random.nextInt(5);
		for (int i = 0; i < count; i++) {
			routes.add(route("Route " + i, policy));
		}
		return routes;
	}

	private OutboundRoute route(String name, PolicyRules policy) {
		boolean blocks = oneIn(3);
		var seen = new HashMap<String, Set<DialPattern>>();
		var rules = new ArrayList<DialRule>();
		for (int more = 1 + this.random.nextInt(3); more > 0; more--) {
			var rule = rule(blocks, policy);
			if (seen.computeIfAbsent(rule.callerId(), (caller) -> new TreeSet<>(DialPattern.ORDER))
				.add(((DialPattern.Ok) DialPattern.parse(rule.dialled())).pattern())) {
				rules.add(rule);
			}
		}
		var users = new TreeSet<String>();
		if (oneIn(5)) {
			users.add(pick(List.of("10", "12", "14", "group:some", "group:gone")));
		}
		return new OutboundRoute(name, RouteType.NORMAL, !oneIn(10), rules, blocks ? List.of() : some(),
				blocks ? Block.rejected() : null, users, oneIn(5) ? time() : null, "",
				(!blocks && oneIn(8)) ? pick(List.of("guests", "guests", "gone")) : "");
	}

	private List<String> some() {
		return switch (this.random.nextInt(8)) {
			case 0 -> List.of("gone");
			case 1, 2 -> List.of("two");
			case 3 -> List.of("three", "one");
			case 4 -> List.of("two", "three");
			default -> List.of("one");
		};
	}

	private DialRule rule(boolean blocks, PolicyRules policy) {
		var caller = oneIn(8) ? pick(List.of("1X", "10", "[12]1", "2.", "XXX")) : "";
		if (blocks) {
			return new DialRule("", oneIn(6) ? some(1, 2) : "", match(policy), caller);
		}
		var prefix = oneIn(3) ? pick(List.of(some(1, 2), some(1, 2), some(1, 3), "0", "9", "+", "*")) : "";
		var prepend = oneIn(4) ? pick(List.of(some(1, 3), some(1, 2), "00", "011", "+", "+" + digit(), "0", "1")) : "";
		return new DialRule(prepend, prefix, match(policy), caller);
	}

	private String match(PolicyRules policy) {
		return switch (this.random.nextInt(10)) {
			case 0 -> policy.dialingCode() + pick(List.of("Z.", "X!", "ZX!", digit() + "."));
			case 1 -> pick(List.of("00", "011", "1", "0")) + pick(List.of("X.", "X!", "XXX"));
			case 2 -> pick(List.of("X.", "NXXNXXXXXX", "1NXXNXXXXXX", "ZXXX!", "XXXX"));
			default -> pattern();
		};
	}

	private String pattern() {
		var pattern = new StringBuilder();
		for (int more = 1 + this.random.nextInt(5); more > 0; more--) {
			pattern.append(switch (this.random.nextInt(10)) {
				case 0, 1 -> "X";
				case 2 -> "Z";
				case 3 -> "N";
				case 4 -> pick(List.of("[01]", "[4-7]", "[" + this.digits.substring(1) + "]", "[0-24]"));
				default -> digit();
			});
		}
		return pattern + pick(List.of("", "", "", ".", "!", "!"));
	}

	private RouteTime time() {
		var days = new TreeSet<>(List.of(DayOfWeek.of(1 + this.random.nextInt(7)), DayOfWeek.WEDNESDAY));
		int from = 30 * this.random.nextInt(40);
		return new RouteTime(pick(ZONES), days, from, from + 30 + 30 * this.random.nextInt((1440 - from) / 30));
	}

	private NumberRestrictions restrictions(PolicyRules policy) {
		var plan = NumberingPlan.of(policy.homeCountry());
		var entries = new TreeSet<String>();
		for (int more = this.random.nextInt(4); more > 0; more--) {
			var entry = oneIn(6) ? "1XXX" + (2 + this.random.nextInt(8)) + some(2, 2) : some(1, 4);
			if (!entry.startsWith("0") && plan.ownCodes().stream().noneMatch((code) -> code.startsWith(entry))) {
				entries.add(entry);
			}
		}
		var exemptions = new ArrayList<Exemption>();
		for (var entry : entries) {
			if (oneIn(3)) {
				exemptions.add(new Exemption(pick(List.of("10", "11", "group:some", "20")), entry,
						switch (this.random.nextInt(3)) {
							case 0 -> NOW.minus(Duration.ofHours(1));
							case 1 -> NOW.plus(Duration.ofHours(1));
							default -> null;
						}));
			}
		}
		return new NumberRestrictions(entries, exemptions);
	}

	private String some(int fewest, int most) {
		var digits = new StringBuilder();
		for (int more = fewest + this.random.nextInt(most - fewest + 1); more > 0; more--) {
			digits.append(digit());
		}
		return digits.toString();
	}

	private String digit() {
		return String.valueOf(this.digits.charAt(this.random.nextInt(this.digits.length())));
	}

	private boolean oneIn(int count) {
		return this.random.nextInt(count) == 0;
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/**
	 * A configuration.
	 *
	 * @param snapshot the configuration
	 * @param digits those that matter
	 */
	record Case(Snapshot snapshot, String digits) {
	}

}
