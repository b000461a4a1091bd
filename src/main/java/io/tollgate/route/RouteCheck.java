package io.tollgate.route;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.tollgate.extension.ExtensionGroup;
import io.tollgate.numbering.DialPattern;

/**
 * What may stand in a route. All of it goes into a dialplan file, so this is also the
 * gate that keeps everything else out of it.
 */
final class RouteCheck {

	static final int MOST_RULES = 1000;

	private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,63}");

	private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_.@-]{1,40}");

	/** What is put in front goes to a carrier, and is judged: digits only. */
	static final Pattern PREPEND = Pattern.compile("(?=.{0,16}$)\\+?[0-9]*");

	static final Pattern DIGITS = Pattern.compile("[0-9+*#]{0,16}");

	private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{2,6}");

	private static final Pattern CALLER_ID = Pattern.compile("\\+?[0-9]{0,15}");

	private RouteCheck() {
	}

	/**
	 * What a route can name.
	 *
	 * @param trunks of its PBX
	 * @param announcements keys
	 * @param otherNames what other routes of its PBX are called, in lower case
	 */
	record Known(Set<String> trunks, Set<String> announcements, Set<String> otherNames) {
	}

	/** A pattern as Asterisk reads it; as typed when it is none. */
	static String clean(String pattern) {
		return (DialPattern.parse(pattern) instanceof DialPattern.Ok ok) ? ok.pattern().text() : pattern.strip();
	}

	static OutboundRoute clean(OutboundRoute route) {
		var rules = route.rules()
			.stream()
			.map((rule) -> new DialRule(bare(rule.prepend()), bare(rule.prefix()), clean(rule.match()),
					rule.callerId().isBlank() ? "" : clean(rule.callerId())))
			.toList();
		return new OutboundRoute(route.name().strip(), route.type(), route.enabled(), rules, route.trunks(),
				route.block(), new TreeSet<>(route.users()), route.time(), bare(route.callerId()), route.pins());
	}

	static String bare(String digits) {
		return digits.replaceAll("[\\s()-]", "");
	}

	static List<RouteProblem> problems(OutboundRoute route, Known known) {
		var problems = new ArrayList<RouteProblem>();
		name(route, known.otherNames(), problems);
		destination(route, known, problems);
		conditions(route, problems);
		if (route.rules().size() > MOST_RULES) {
			problems.add(RouteProblem.refusal(0, "too-many", "", List.of(String.valueOf(MOST_RULES))));
			return problems;
		}
		var seen = new HashMap<String, Set<DialPattern>>();
		for (int i = 0; i < route.rules().size(); i++) {
			check(i + 1, route, route.rules().get(i), seen, problems);
		}
		return problems;
	}

	private static void name(OutboundRoute route, Set<String> otherNames, List<RouteProblem> problems) {
		if (!NAME.matcher(route.name()).matches()) {
			problems.add(RouteProblem.refusal(0, "name", route.name()));
		}
		else if (otherNames.contains(route.name().toLowerCase(Locale.ROOT))) {
			problems.add(RouteProblem.refusal(0, "name-taken", route.name()));
		}
	}

	private static void destination(OutboundRoute route, Known known, List<RouteProblem> problems) {
		var block = route.block();
		if (block != null) {
			if (route.emergency()) {
				problems.add(RouteProblem.refusal(0, "emergency-block", ""));
			}
			if (block.cause() < 1 || block.cause() > 127) {
				problems.add(RouteProblem.refusal(0, "cause", String.valueOf(block.cause())));
			}
			if (block.announces() && !known.announcements().contains(block.announcement())) {
				problems.add(RouteProblem.refusal(0, "no-such-announcement", block.announcement()));
			}
			return;
		}
		if (route.trunks().isEmpty()) {
			problems.add(RouteProblem.warning(0, "no-trunk", ""));
		}
		if (new HashSet<>(route.trunks()).size() < route.trunks().size()) {
			problems.add(RouteProblem.refusal(0, "trunk-twice", ""));
		}
		route.trunks()
			.stream()
			.filter((trunk) -> !known.trunks().contains(trunk) || !TrunkCheck.usable(trunk))
			.forEach((trunk) -> problems.add(RouteProblem.refusal(0, "no-such-trunk", trunk)));
		if (route.rules().isEmpty() && !route.emergency()) {
			problems.add(RouteProblem.warning(0, "no-pattern", ""));
		}
	}

	private static void conditions(OutboundRoute route, List<RouteProblem> problems) {
		route.users()
			.stream()
			.filter((user) -> !EXTENSION.matcher(user).matches() && !user.startsWith(ExtensionGroup.PREFIX))
			.forEach((user) -> problems.add(RouteProblem.refusal(0, "user", user)));
		if (!CALLER_ID.matcher(route.callerId()).matches()) {
			problems.add(RouteProblem.refusal(0, "caller-id", route.callerId()));
		}
		var time = route.time();
		if (time != null
				&& (time.days().isEmpty() || time.from() < 0 || time.to() > 1440 || time.from() >= time.to())) {
			problems.add(RouteProblem.refusal(0, "time", ""));
		}
		if (time != null && !ZoneId.getAvailableZoneIds().contains(time.zone())) {
			problems.add(RouteProblem.refusal(0, "zone", time.zone()));
		}
		if (route.emergency() && (time != null || !route.users().isEmpty())) {
			problems.add(RouteProblem.refusal(0, "emergency-condition", ""));
		}
	}

	/**
	 * What there is to say about the groups that may use it.
	 * @param groups those of the PBX, by key
	 */
	static List<RouteProblem> groups(OutboundRoute route, Map<String, ExtensionGroup> groups) {
		var named = route.users()
			.stream()
			.filter((user) -> user.startsWith(ExtensionGroup.PREFIX))
			.map((user) -> user.substring(ExtensionGroup.PREFIX.length()))
			.toList();
		if (!groups.keySet().containsAll(named)) {
			return List.of(RouteProblem.refusal(0, "no-such-group", ""));
		}
		boolean somebody = groups.entrySet()
			.stream()
			.anyMatch((group) -> named.contains(group.getKey()) && !group.getValue().members().isEmpty());
		return (somebody || named.isEmpty() || named.size() < route.users().size()) ? List.of()
				: List.of(RouteProblem.warning(0, "nobody", ""));
	}

	private static void check(int line, OutboundRoute route, DialRule rule, Map<String, Set<DialPattern>> seen,
			List<RouteProblem> problems) {
		if (!PREPEND.matcher(rule.prepend()).matches()) {
			problems.add(RouteProblem.refusal(line, "prepend", rule.prepend()));
			return;
		}
		if (!DIGITS.matcher(rule.prefix()).matches()) {
			problems.add(RouteProblem.refusal(line, "prefix", rule.prefix()));
			return;
		}
		if (!rule.callerId().isEmpty() && !(DialPattern.parse(rule.callerId()) instanceof DialPattern.Ok)) {
			problems.add(RouteProblem.refusal(line, "caller-pattern", rule.callerId()));
			return;
		}
		if (route.emergency() && (!SHORT_NUMBER.matcher(rule.match()).matches() || !rule.callerId().isEmpty()
				|| rule.prefix().length() > 4 || !rule.prepend().isEmpty())) {
			problems.add(RouteProblem.refusal(line, "emergency-number", rule.match()));
			return;
		}
		switch (DialPattern.parse(rule.match())) {
			case DialPattern.Problem problem -> problems
				.add(RouteProblem.refusal(line, "pattern." + problem.code(), rule.match(), problem.arguments()));
			case DialPattern.Ok(DialPattern pattern) -> {
				if (takesEverything(route, rule, pattern)) {
					problems.add(RouteProblem.refusal(line, "catch-all", pattern.text()));
				}
				else if (isTwice(rule, seen)) {
					problems.add(RouteProblem.refusal(line, "twice", pattern.text()));
				}
				else if (!route.blocks() && wide(rule.prefix() + pattern.text())) {
					problems.add(RouteProblem.warning(line, "wide", pattern.text()));
				}
			}
		}
	}

	/** A lone wildcard could also leave nothing to send. */
	private static boolean takesEverything(OutboundRoute route, DialRule rule, DialPattern pattern) {
		if (pattern.text().equals(".") || pattern.text().equals("!")) {
			return rule.prefix().isEmpty() || !route.blocks();
		}
		return pattern.catchesAll() && rule.prefix().isEmpty() && !route.blocks();
	}

	/** For Asterisk patterns that stand at the same place in its order are one. */
	private static boolean isTwice(DialRule rule, Map<String, Set<DialPattern>> seen) {
		var others = seen.computeIfAbsent(rule.callerId(), (caller) -> new TreeSet<>(DialPattern.ORDER));
		return rule.pattern().filter((pattern) -> !others.add(pattern)).isPresent();
	}

	/** An open end, and before it no digit that must be dialled. */
	private static boolean wide(String pattern) {
		boolean open = pattern.endsWith(".") || pattern.endsWith("!");
		return open && !pattern.replaceAll("\\[[^]]*]", "").matches(".*[0-9+*#].*");
	}

}
