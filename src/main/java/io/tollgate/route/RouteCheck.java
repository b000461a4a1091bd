package io.tollgate.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.numbering.DialPattern;

/**
 * What may stand in a route. Patterns and trunk go into a dialplan file, so this is also
 * the gate that keeps everything else out of it.
 */
final class RouteCheck {

	private static final int MOST_PATTERNS = 100;

	private static final Pattern TRUNK = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}");

	private RouteCheck() {
	}

	static boolean usable(String trunk) {
		return TRUNK.matcher(trunk).matches();
	}

	/** A pattern as Asterisk reads it; as typed when it is none. */
	static String clean(String pattern) {
		return (DialPattern.parse(pattern) instanceof DialPattern.Ok ok) ? ok.pattern().text() : pattern.strip();
	}

	static List<RouteProblem> problems(OutboundRoute route, Set<String> trunks) {
		var problems = new ArrayList<RouteProblem>();
		var trunk = route.trunk();
		if (trunk == null) {
			problems.add(RouteProblem.warning(0, "no-trunk", ""));
		}
		else if (!trunks.contains(trunk)) {
			problems.add(RouteProblem.refusal(0, "no-such-trunk", trunk));
		}
		if (route.patterns().isEmpty()) {
			problems.add(RouteProblem.warning(0, "no-pattern", ""));
		}
		if (route.patterns().size() > MOST_PATTERNS) {
			problems.add(RouteProblem.refusal(0, "too-many", "", List.of(String.valueOf(MOST_PATTERNS))));
			return problems;
		}
		var seen = new HashSet<String>();
		for (int i = 0; i < route.patterns().size(); i++) {
			check(i + 1, route.patterns().get(i), seen, problems);
		}
		return problems;
	}

	private static void check(int line, String typed, Set<String> seen, List<RouteProblem> problems) {
		switch (DialPattern.parse(typed)) {
			case DialPattern.Problem problem ->
				problems.add(RouteProblem.refusal(line, "pattern." + problem.code(), typed, problem.arguments()));
			case DialPattern.Ok(DialPattern pattern) -> {
				if (pattern.catchesAll()) {
					problems.add(RouteProblem.refusal(line, "catch-all", pattern.text()));
				}
				else if (!seen.add(pattern.text())) {
					problems.add(RouteProblem.refusal(line, "twice", pattern.text()));
				}
				else if (wide(pattern.text())) {
					problems.add(RouteProblem.warning(line, "wide", pattern.text()));
				}
			}
		}
	}

	/** An open end, and before it no digit that must be dialled. */
	private static boolean wide(String pattern) {
		boolean open = pattern.endsWith(".") || pattern.endsWith("!");
		return open && !pattern.replaceAll("\\[[^]]*]", "").matches(".*[0-9+*#].*");
	}

}
