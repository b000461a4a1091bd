package io.tollgate.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.pin.PinList;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import io.tollgate.route.RouteType;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * Random whole configurations, and numbers that people dial under them: mostly such as a
 * rule has something to say about.
 */
public class RandomSnapshots {

	/** Extensions of the lab; the last two are unknown to the portal. */
	public static final int EXTENSIONS = 12;

	/** What opens a route that asks for a PIN; all of one length. */
	public static final List<String> RIGHT_PINS = List.of("12345", "99120", "00017");

	private static final int KNOWN = 10;

	private static final String PINS = "guests";

	private static final String SALT = "00112233445566778899aabbccddeeff";

	private static final List<String> HOMES = List.of("MX", "US", "US", "DE", "GB", "CA", "BR", "RU");

	private static final List<String> CODES = List.of("1", "1876", "1242", "1787", "54", "62", "44", "49", "7", "52",
			"881", "979", "34", "999", "0", "210");

	private static final List<String> PREFIXES = List.of("", "", "", "+", "00", "011", "0", "9", "1", "810", "0011",
			"000");

	private final Random random;

	public RandomSnapshots(Random random) {
		this.random = random;
	}

	/** An extension, known to the portal or not, or the trunk. */
	public String caller() {
		return (this.random.nextInt(20) == 0) ? "trunk" : String.valueOf(1001 + this.random.nextInt(EXTENSIONS));
	}

	/** A number that somebody may dial under a configuration. */
	public String dialled(Snapshot snapshot) {
		int kind = this.random.nextInt(100);
		if (kind < 4) {
			return pick(List.copyOf(snapshot.policy().emergencyNumbers()));
		}
		if (kind < 10) {
			return odd();
		}
		String prefix = pick(PREFIXES);
		if (kind < 30) {
			return routed(snapshot);
		}
		if (kind < 45) {
			return restricted(snapshot);
		}
		if (kind < 65) {
			return prefix + pick(CODES) + digits(5 + this.random.nextInt(6));
		}
		if (kind < 75) {
			return pick(List.copyOf(snapshot.policy().internationalPrefixes())) + anyCode().code()
					+ digits(4 + this.random.nextInt(7));
		}
		if (kind < 82) {
			return (2 + this.random.nextInt(8)) + digits(6);
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

	/** A configuration in which no time begins or ends within minutes. */
	public Snapshot snapshot() {
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
		return new Snapshot(policy, hours(), rights, groups(), trunkLines(), routes(patterns), numberRestrictions(),
				new TreeMap<>(Map.of(PINS, new PinList("Guests", SALT, labels()), "nobody",
						new PinList("Nobody", SALT, new TreeMap<>()))),
				new TreeMap<>());
	}

	private static SortedMap<String, String> labels() {
		var labels = new TreeMap<String, String>();
		RIGHT_PINS.forEach((pin) -> labels.put(sha1(SALT + pin), "Guest " + pin.charAt(0)));
		return labels;
	}

	private static String sha1(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private SortedMap<String, ExtensionGroup> groups() {
		var some = new TreeSet<String>();
		for (int more = this.random.nextInt(5); more > 0; more--) {
			some.add(String.valueOf(1001 + this.random.nextInt(EXTENSIONS)));
		}
		return new TreeMap<>(Map.of("some", new ExtensionGroup("Some", some), "empty",
				new ExtensionGroup("Empty", new TreeSet<>())));
	}

	/** All lead to the same carrier, which may be told in another way by each. */
	private SortedMap<String, Trunk> trunkLines() {
		return new TreeMap<>(Map.of("trunk", trunkLine(""), "custom", trunkLine("PJSIP/$OUTNUM$@trunk"), "full",
				new Trunk("PJSIP/$OUTNUM$@trunk", Trunk.Reading.E164, "")));
	}

	private Trunk trunkLine(String dial) {
		return new Trunk(dial, (this.random.nextInt(4) == 0) ? Trunk.Reading.E164 : Trunk.Reading.AS_DIALLED,
				(this.random.nextInt(4) == 0) ? pick(List.of("77", "*9", "8")) : "");
	}

	/** The usual route at the end, and before it whatever people come up with. */
	private List<OutboundRoute> routes(List<String> usual) {
		var routes = new ArrayList<OutboundRoute>();
		if (this.random.nextBoolean()) {
			routes.add(new OutboundRoute("Emergency", RouteType.EMERGENCY, true,
					List.of(new DialRule("", "9", "911", ""), DialRule.of("933")), trunks(), null, new TreeSet<>(),
					null, "", ""));
		}
		if (this.random.nextInt(3) > 0) {
			routes.add(OutboundRoute.through("In full", List.of("full"), List.of("NXXXXXX")));
		}
		for (int more = this.random.nextInt(5); more > 0; more--) {
			routes.add(route("Route " + more, usual));
		}
		if (this.random.nextInt(6) > 0) {
			var route = OutboundRoute.through("Usual", trunks(), usual.stream().distinct().toList());
			routes.add((this.random.nextInt(4) == 0) ? route.withPins(PINS) : route);
		}
		if (routes.stream().allMatch((route) -> route.trunks().isEmpty() || !route.enabled())) {
			routes.add(OutboundRoute.through("Last", List.of("trunk"), List.of("N11")));
		}
		return routes;
	}

	private OutboundRoute route(String name, List<String> usual) {
		boolean blocks = this.random.nextInt(3) == 0;
		var seen = new HashMap<String, Set<DialPattern>>();
		var rules = new ArrayList<DialRule>();
		for (int more = 1 + this.random.nextInt(6); more > 0; more--) {
			var rule = rule(usual, blocks);
			if (seen.computeIfAbsent(rule.callerId(), (caller) -> new TreeSet<>(DialPattern.ORDER))
				.add(((DialPattern.Ok) DialPattern.parse("_" + rule.dialled())).pattern())) {
				rules.add(rule);
			}
		}
		var users = new TreeSet<String>();
		if (this.random.nextInt(4) == 0) {
			for (int more = 1 + this.random.nextInt(6); more > 0; more--) {
				users.add(String.valueOf(1001 + this.random.nextInt(EXTENSIONS)));
			}
		}
		if (this.random.nextInt(6) == 0) {
			users.add(pick(List.of("group:some", "group:empty", "group:gone")));
		}
		var block = new Block(pick(List.of(21, 21, 17)), "");
		return new OutboundRoute(name, pick(List.of(RouteType.NORMAL, RouteType.INTERNAL)), this.random.nextInt(8) > 0,
				rules, blocks ? List.of() : trunks(), blocks ? block : null, users,
				(this.random.nextInt(4) == 0) ? time() : null, (this.random.nextInt(5) == 0) ? "15035550100" : "",
				(blocks || this.random.nextInt(4) > 0) ? "" : pick(List.of(PINS, PINS, PINS, "nobody", "gone")));
	}

	/** The first one does not exist, so the call has to go on to the second. */
	private List<String> trunks() {
		return switch (this.random.nextInt(8)) {
			case 0, 1 -> List.of("gone", "trunk");
			case 2 -> List.of("custom");
			case 3 -> List.of("custom", "trunk");
			default -> List.of("trunk");
		};
	}

	private DialRule rule(List<String> usual, boolean blocks) {
		var match = switch (this.random.nextInt(7)) {
			case 0 -> pick(List.of("1900!", "1NXX976XXXX", "1242XXXXXXX", "0900!", "900XXXXXXX", "54!", "0062."));
			case 1 -> pick(List.of("[1-35]XXXXXX", "Z[05]XXX!", "NXX[2-9]XXXXXX", "X1XXXX.", "1X!", "[0-4]X."));
			case 2 -> blocks ? pick(List.of("X.", "ZXXX!", "XXXXXX!")) : pick(usual);
			default -> pick(usual);
		};
		boolean plain = this.random.nextInt(3) > 0;
		return new DialRule((plain || blocks) ? "" : pick(List.of("", "9", "00", "011", "0", "1", "0062", "+", "+62")),
				plain ? "" : pick(List.of("9", "9", "0", "8", "00", "1")), match,
				(this.random.nextInt(5) == 0) ? pick(List.of("100[1-5]", "10XX", "1003", "1ZXX", "101!")) : "");
	}

	/** Random times, but none that begins or ends while the calls are made. */
	private RouteTime time() {
		var zone = pick(List.of("UTC", "America/Monterrey", "Asia/Kolkata", "Pacific/Auckland"));
		var now = ZonedDateTime.now(ZoneId.of(zone));
		int minute = now.getHour() * 60 + now.getMinute();
		var days = new TreeSet<DayOfWeek>();
		for (var day : DayOfWeek.values()) {
			if (this.random.nextInt(4) > 0) {
				days.add(day);
			}
		}
		days.add(DayOfWeek.MONDAY);
		int from = this.random.nextInt(1380);
		int to = from + 1 + this.random.nextInt(1440 - from);
		boolean near = Math.abs(from - minute) <= 5 || Math.abs(to - minute) <= 5;
		return near ? new RouteTime(zone, days, 0, 1440) : new RouteTime(zone, days, from, to);
	}

	private NumberRestrictions numberRestrictions() {
		var entries = new TreeSet<String>();
		for (int more = this.random.nextInt(8); more > 0; more--) {
			entries.add((this.random.nextInt(3) == 0) ? anyCode().code() + digits(this.random.nextInt(3))
					: pick(List.of("1900", "1XXX976", "1876", "1242", "549", "881", "52900", "49900", "101", "1XXX555",
							"54", "5491", "44", "1787", "555")));
		}
		var exemptions = new ArrayList<Exemption>();
		for (var entry : entries) {
			if (this.random.nextInt(3) == 0) {
				exemptions.add(new Exemption(
						(this.random.nextInt(4) == 0) ? "group:some" : String.valueOf(1001 + this.random.nextInt(4)),
						entry, end()));
			}
		}
		return new NumberRestrictions(entries, exemptions);
	}

	private @Nullable Instant end() {
		return switch (this.random.nextInt(3)) {
			case 0 -> null;
			case 1 -> Instant.now().minus(Duration.ofHours(1));
			default -> Instant.now().plus(Duration.ofHours(1));
		};
	}

	/** A number that a rule of the routes takes, more or less. */
	private String routed(Snapshot snapshot) {
		var rules = snapshot.routes().stream().flatMap((route) -> route.rules().stream()).toList();
		var number = new StringBuilder();
		var pattern = rules.isEmpty() ? "NXXXXXX" : pick(rules).dialled().replaceAll("\\[([0-9])[^]]*]", "$1");
		for (char c : pattern.toCharArray()) {
			number.append(switch (c) {
				case 'X' -> digits(1);
				case 'Z' -> String.valueOf(1 + this.random.nextInt(9));
				case 'N' -> String.valueOf(2 + this.random.nextInt(8));
				case '.', '!' -> digits(1 + this.random.nextInt(8));
				default -> String.valueOf(c);
			});
		}
		// the lab's own extensions have four digits
		return (number.length() == 4) ? number + "5" : number.toString();
	}

	private String restricted(Snapshot snapshot) {
		var entries = List.copyOf(snapshot.restrictions().entries());
		var entry = entries.isEmpty() ? "1900" : pick(entries).replace("XXX", "5" + digits(2));
		var number = entry + digits(Math.max(4, 11 - entry.length()));
		return switch (this.random.nextInt(5)) {
			case 0 -> number;
			case 1 -> number.substring(1);
			case 2 -> pick(List.of("+", "00", "011", "9", "900")) + number;
			case 3 -> "0" + number.substring(2);
			default -> number.substring(4) + digits(3);
		};
	}

	private CallRestrictions restrictions() {
		return new CallRestrictions(this.random.nextInt(3) == 0, this.random.nextInt(12) == 0,
				this.random.nextInt(8) == 0, (this.random.nextInt(4) == 0) ? 60 + this.random.nextInt(3600) : null);
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
