package io.tollgate.connector.asterisk;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConfigDiff;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.Problem;

/**
 * The configuration in the words of the guard: AstDB rows of a generation, and the text
 * of a slot file. Pure. What each row means stands at the top of
 * {@code tollgate_guard.conf}.
 */
final class AsteriskDialect {

	/** Seconds that a trunk may take to answer. */
	static final int RING_SECONDS = 120;

	/** UpdateConfig slows down with the square of the file's length. */
	static final int MAX_SLOT_LINES = 200;

	private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9_.@-]{1,40}");

	/** A dial pattern without underscore; it must begin with something definite. */
	private static final Pattern DIAL_PATTERN = Pattern
		.compile("(?=.{1,40}$)(?:[0-9XNZ*#+]|\\[[0-9*#](?:-?[0-9*#])*+])++[.!]?");

	private static final Pattern PREFIX = Pattern.compile("(?=.{1,6}$)\\+?[0-9]*");

	private static final Pattern CODE = Pattern.compile("[0-9]{1,7}");

	private static final Pattern TERRITORY = Pattern.compile("1[0-9]{3}");

	private static final Pattern EMERGENCY = Pattern.compile("[0-9]{2,15}");

	private static final Pattern DIALING_CODE = Pattern.compile("[0-9]{1,6}");

	/** A slot file that says nothing of where it stands. */
	private static final char ANY_SLOT = '*';

	private static final String EMERGENCY_LINE = "emergency/";

	private static final String ROUTE_LINE = "route/";

	private static final String LIMITED = "${IF($[\"${TG_X:2}\"!=\"\"]?S(${TG_X:2}))}";

	private AsteriskDialect() {
	}

	static boolean isEndpointName(String name) {
		return ENDPOINT.matcher(name).matches();
	}

	/**
	 * Lets nothing through that could mean more to Asterisk than it says.
	 * @throws ConnectorException of kind {@code REFUSED}, naming the first bad value
	 */
	static void validate(DesiredConfig desired) {
		check("invalid-dialing-code", DIALING_CODE, desired.dialingCode());
		desired.internationalPrefixes().forEach((prefix) -> check("invalid-prefix", PREFIX, prefix));
		desired.nationalTerritories().forEach((code) -> check("invalid-code", TERRITORY, code));
		desired.codes().keySet().forEach((code) -> check("invalid-code", CODE, code));
		desired.emergencyNumbers().forEach((number) -> check("invalid-emergency", EMERGENCY, number));
		desired.endpoints().keySet().forEach((name) -> check("invalid-endpoint", ENDPOINT, name));
		desired.endpoints().values().forEach((rights) -> checkLimit(rights.maxSeconds()));
		checkZone(desired.zone());
		desired.hours().values().forEach((hours) -> {
			if (hours.opens() < 0 || hours.closes() > 1440 || hours.opens() >= hours.closes()) {
				throw refused("invalid-hours", hours.opens() + "-" + hours.closes());
			}
		});
		var trunk = desired.trunk();
		if (trunk != null) {
			check("invalid-trunk", ENDPOINT, trunk);
		}
		desired.patterns().forEach((pattern) -> check("invalid-pattern", DIAL_PATTERN, pattern));
		int lines = 2 * (desired.patterns().size() + desired.emergencyNumbers().size()) + 3;
		if (lines > MAX_SLOT_LINES) {
			throw refused("too-many-patterns", Integer.toString(desired.patterns().size()));
		}
	}

	private static void check(String code, Pattern allowed, String value) {
		if (!allowed.matcher(value).matches()) {
			throw refused(code, value);
		}
	}

	private static void checkLimit(@Nullable Integer seconds) {
		if (seconds != null && (seconds < 1 || seconds > 86_400)) {
			throw refused("invalid-limit", seconds.toString());
		}
	}

	private static void checkZone(String zone) {
		try {
			if (!zone.matches("[A-Za-z0-9_+/-]{1,50}")) {
				throw refused("invalid-zone", zone);
			}
			ZoneId.of(zone);
		}
		catch (DateTimeException ex) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("invalid-zone", zone), ex);
		}
	}

	private static ConnectorException refused(String code, String value) {
		return new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of(code, value));
	}

	/**
	 * The AstDB rows of a generation, without {@code tollgate/<generation>/}.
	 * @param slot the slot file that holds the route, {@code a} or {@code b}
	 */
	static SortedMap<String, String> rows(DesiredConfig desired, char slot) {
		var rows = new TreeMap<String, String>();
		rows.put("cfg", (desired.protection() ? "1" : "0") + slot + desired.dialingCode());
		desired.internationalPrefixes().forEach((prefix) -> rows.put("ip/" + prefix, prefix.length() + "c"));
		desired.nationalTerritories().forEach((code) -> {
			rows.put("ip/" + code, "0k");
			rows.put("np/" + code, "1");
		});
		desired.codes().forEach((code, rule) -> rows.put("e164/" + code, switch (rule) {
			case ALLOW -> "ai";
			case ALLOW_AS_NATIONAL -> "an";
			case DENY -> "d";
		}));
		desired.endpoints().forEach((name, rights) -> rows.put("ext/" + name, rights(rights)));
		rows.put("hours/tz", desired.zone());
		desired.hours()
			.forEach((day, hours) -> rows.put("hours/" + day.getValue(), clock(hours.opens()) + clock(hours.closes())));
		return rows;
	}

	private static String rights(EndpointRights rights) {
		var outbound = switch (rights.outbound()) {
			case ALWAYS -> "1";
			case BUSINESS_HOURS -> "h";
			case NEVER -> "0";
		};
		var max = rights.maxSeconds();
		return (rights.international() ? "1" : "0") + outbound + ((max != null) ? max : "");
	}

	private static String clock(int minutes) {
		return String.format(Locale.ROOT, "%02d%02d", minutes / 60, minutes % 60);
	}

	/** The text of a slot file. */
	static DialplanText slot(DesiredConfig desired, char slot) {
		var text = new DialplanText();
		var emergency = emergencyContext(slot);
		var routes = routesContext(slot);
		var trunk = desired.trunk();
		text.context(emergency).context(routes);
		if (trunk != null) {
			desired.emergencyNumbers().forEach((number) -> call(text, emergency, number, emergencyDial(number, trunk)));
			new TreeSet<>(desired.patterns())
				.forEach((pattern) -> call(text, routes, extension(pattern), routeDial(trunk)));
		}
		text.line(routes, "include", "tollgate-noroute");
		return text;
	}

	private static void call(DialplanText text, String context, String extension, String dial) {
		text.line(context, "exten", extension + ",1,Dial(" + dial + ")");
		text.line(context, "same", "n,Hangup()");
	}

	/** Asterisk needs the underscore only before a pattern, and takes it always. */
	private static String extension(String pattern) {
		return "_" + pattern;
	}

	private static String emergencyDial(String number, String trunk) {
		return "PJSIP/" + number + "@" + trunk + "," + RING_SECONDS;
	}

	private static String routeDial(String trunk) {
		return "PJSIP/${EXTEN}@" + trunk + "," + RING_SECONDS + "," + LIMITED;
	}

	static String emergencyContext(char slot) {
		return "tollgate-emergency-" + slot;
	}

	static String routesContext(char slot) {
		return "tollgate-routes-" + slot;
	}

	/**
	 * An emergency context that holds what the lines say and nothing else.
	 * @param lines in the form of {@link #lines}; what is not in our form is left out
	 */
	static DialplanText emergency(SortedMap<String, String> lines, char slot) {
		var text = new DialplanText().context(emergencyContext(slot));
		lines.forEach((key, trunk) -> {
			var number = key.startsWith(EMERGENCY_LINE) ? key.substring(EMERGENCY_LINE.length()) : "";
			if (EMERGENCY.matcher(number).matches() && isEndpointName(trunk)) {
				call(text, emergencyContext(slot), number, emergencyDial(number, trunk));
			}
		});
		return text;
	}

	/** What the PBX shall enforce, in a form that does not depend on the slot. */
	static SortedMap<String, String> lines(DesiredConfig desired) {
		var lines = rows(desired, ANY_SLOT);
		var text = slot(desired, ANY_SLOT);
		lines.putAll(slotLines(text.steps(emergencyContext(ANY_SLOT)), text.steps(routesContext(ANY_SLOT))));
		return lines;
	}

	/**
	 * The same from what was read of a PBX.
	 * @param rows the AstDB rows of one generation
	 * @param emergency the steps of the slot's emergency context
	 * @param routes the steps of the slot's route context
	 */
	static SortedMap<String, String> lines(SortedMap<String, String> rows, List<String> emergency,
			List<String> routes) {
		var lines = new TreeMap<>(rows);
		lines.computeIfPresent("cfg",
				(key, value) -> (value.length() > 1) ? value.charAt(0) + "" + ANY_SLOT + value.substring(2) : value);
		lines.putAll(slotLines(emergency, routes));
		return lines;
	}

	/**
	 * {@code emergency/911 = trunk} and {@code route/_NXXXXXXXXX = trunk} for what has
	 * exactly our form; anything else is shown as it stands there.
	 */
	private static SortedMap<String, String> slotLines(List<String> emergency, List<String> routes) {
		var lines = new TreeMap<String, String>();
		slotLines(lines, EMERGENCY_LINE, emergency);
		slotLines(lines, ROUTE_LINE, routes);
		return lines;
	}

	private static void slotLines(SortedMap<String, String> lines, String kind, List<String> steps) {
		var byExtension = new TreeMap<String, List<String>>();
		for (var step : steps) {
			var extension = step.startsWith("include ") ? "include" : step.substring(0, Math.max(0, step.indexOf(',')));
			byExtension.computeIfAbsent(extension, (key) -> new ArrayList<>()).add(step);
		}
		byExtension.forEach((extension, found) -> lines.put(kind + extension, summary(kind, extension, found)));
	}

	private static String summary(String kind, String extension, List<String> steps) {
		var first = steps.getFirst();
		int at = first.indexOf('@');
		int comma = first.indexOf("," + RING_SECONDS, Math.max(at, 0));
		if (at > 0 && comma > at) {
			var trunk = first.substring(at + 1, comma);
			var dial = EMERGENCY_LINE.equals(kind) ? emergencyDial(extension, trunk) : routeDial(trunk);
			var expected = List.of(DialplanText.step(extension, "1", "", "Dial", dial),
					DialplanText.step(extension, "2", "", "Hangup", ""));
			if (steps.equals(expected)) {
				return trunk;
			}
		}
		return String.join(" | ", steps);
	}

	/** What differs, {@code key = value} line by line. */
	static ConfigDiff diff(SortedMap<String, String> old, SortedMap<String, String> wanted) {
		return new ConfigDiff(onlyIn(old, wanted), onlyIn(wanted, old));
	}

	private static List<String> onlyIn(SortedMap<String, String> one, SortedMap<String, String> other) {
		var lines = new ArrayList<String>();
		one.forEach((key, value) -> {
			if (!value.equals(other.get(key))) {
				lines.add(key + " = " + value);
			}
		});
		return lines;
	}

}
