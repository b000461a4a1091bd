package io.tollgate.connector.asterisk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConfigDiff;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.DialSection.Ending;
import io.tollgate.connector.EmergencyCall;
import io.tollgate.connector.Line;
import io.tollgate.connector.PinGate;
import io.tollgate.connector.Problem;

/**
 * The configuration in the words of the guard: AstDB rows of a generation, and the text
 * of a slot file. Pure. What each row means stands at the top of
 * {@code tollgate_guard.conf}.
 */
final class AsteriskDialect {

	/** UpdateConfig slows down with the square of the file's length. */
	static final int MAX_FILE_LINES = 190;

	/** Asterisk gives up after 512 contexts, the guard's and the phones' among them. */
	static final int MAX_SECTIONS = 200;

	/** A slot has at most so many files of {@link #MAX_FILE_LINES}. */
	static final int MAX_SLOT_LINES = 99 * MAX_FILE_LINES;

	/** What one line may hold of sounds and still be sent. */
	private static final int MAX_SOUNDS = 700;

	private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9_.@-]{1,40}");

	/** A dial pattern without underscore; it must begin with something definite. */
	private static final Pattern DIAL_PATTERN = Pattern
		.compile("(?=.{1,40}$)(?:[0-9XNZ*#+]|\\[[0-9*#](?:-?[0-9*#])*+])++[.!]?");

	private static final Pattern PREFIX = Pattern.compile("(?=.{1,6}$)\\+?[0-9]*");

	private static final Pattern CODE = Pattern.compile("[0-9]{1,7}");

	private static final Pattern CODE_OR_NONE = Pattern.compile("[0-9]{0,7}");

	private static final Pattern TERRITORY = Pattern.compile("1[0-9]{3}");

	private static final Pattern EMERGENCY = Pattern.compile("[0-9]{2,15}");

	private static final Pattern EMERGENCY_STEP = Pattern
		.compile("[0-9]+,[0-9]+,Dial\\(((?:PJSIP|SIP|IAX2|DAHDI)/[A-Za-z0-9_.:@/*+-]{1,120}),120\\)");

	/** The row that tells a generation as it was written from one that was edited. */
	private static final String SUM = "sum";

	private static final String EMERGENCY_LINE = "emergency/";

	private static final Pattern DIALING_CODE = Pattern.compile("[0-9]{1,6}");

	/** A slot file that says nothing of where it stands. */
	private static final char ANY_SLOT = '*';

	private static final Pattern PREPEND = Pattern.compile("(?=.{0,16}$)\\+?[0-9]*");

	private static final Pattern RESTRICTED = Pattern.compile("[0-9]{1,15}|1XXX[0-9]{3}");

	private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_/-]{0,79}");

	private static final Pattern ROUTE_NAME = Pattern.compile("[A-Za-z0-9 _.-]{0,63}");

	/** Technologies that lead out; {@code Local} would lead past the guard. */
	private static final Pattern DIAL_STRING = Pattern
		.compile("(?=.{1,80}$)(PJSIP|SIP|IAX2|DAHDI)(?=[/:])[A-Za-z0-9_.:@/+-]*(?<=[/:])w*"
				+ "\\$OUTNUM\\$([@/:][A-Za-z0-9_.:@/+-]*)?");

	private static final Pattern ACCESS_CODE = Pattern.compile("(?!00|011)[0-9*]{0,10}");

	private static final Pattern KEY = Pattern.compile("[a-z0-9]{1,12}");

	private static final Pattern KEY_OR_NONE = Pattern.compile("[a-z0-9]{0,12}");

	private static final Pattern HEX = Pattern.compile("[0-9a-f]{0,64}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");

	private static final Pattern PIN_LABEL = Pattern.compile("[A-Za-z0-9 _.-]{1,40}");

	private static final Pattern FEATURE_CODE = Pattern.compile("\\*[0-9]{2,5}");

	private static final Pattern NATIONAL = Pattern.compile("[0-9]{1,2}");

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
		desired.emergency().forEach((dialled, call) -> {
			check("invalid-emergency", EMERGENCY, dialled);
			check("invalid-emergency", EMERGENCY, call.number());
			call.lines().forEach(AsteriskDialect::validate);
		});
		desired.nationalForms().forEach((form) -> {
			check("invalid-code", NATIONAL, form.leading());
			check("invalid-code", CODE_OR_NONE, form.callingCode());
		});
		desired.restricted().forEach((entry) -> check("invalid-restriction", RESTRICTED, entry));
		desired.exemptions().keySet().forEach((name) -> check("invalid-endpoint", ENDPOINT, name));
		desired.endpoints().keySet().forEach((name) -> check("invalid-endpoint", ENDPOINT, name));
		desired.endpoints().values().forEach((rights) -> checkLimit(rights.maxSeconds()));
		checkZone(desired.zone());
		desired.hours().values().forEach((hours) -> {
			if (hours.opens() < 0 || hours.closes() > 1440 || hours.opens() >= hours.closes()) {
				throw refused("invalid-hours", hours.opens() + "-" + hours.closes());
			}
		});
		desired.sections().forEach(AsteriskDialect::validate);
		desired.pins().keySet().forEach((key) -> check("invalid-pin-list", KEY, key));
		desired.pins().values().forEach(AsteriskDialect::validate);
		desired.announcements().keySet().forEach((code) -> check("invalid-feature-code", FEATURE_CODE, code));
		desired.announcements().forEach(AsteriskDialect::validate);
		if (desired.sections().size() > MAX_SECTIONS) {
			throw refused("too-many-routes", Integer.toString(desired.sections().size()));
		}
		int patterns = desired.sections().stream().mapToInt((section) -> section.rules().size()).sum();
		if (slot(desired, ANY_SLOT).size() > MAX_SLOT_LINES) {
			throw refused("too-many-patterns", Integer.toString(patterns));
		}
	}

	private static void validate(DialSection section) {
		check("invalid-route-name", ROUTE_NAME, section.name());
		section.lines().forEach(AsteriskDialect::validate);
		check("invalid-pin-list", KEY_OR_NONE, section.pins());
		section.users().forEach((user) -> check("invalid-endpoint", ENDPOINT, user));
		check("invalid-caller-id", PREPEND, section.callerId());
		if (!section.caller().isEmpty()) {
			check("invalid-pattern", DIAL_PATTERN, section.caller());
		}
		section.rules().forEach((rule) -> {
			check("invalid-pattern", DIAL_PATTERN, rule.pattern());
			check("invalid-prepend", PREPEND, rule.prepend());
			// what is taken off must be literal, and something must be left to send
			if (rule.strip() < 0 || rule.strip() >= rule.pattern().length()
					|| !rule.pattern().substring(0, rule.strip()).matches("[0-9+*#]*")
					|| "!".equals(rule.pattern().substring(rule.strip()))) {
				throw refused("invalid-pattern", rule.pattern());
			}
		});
		var window = section.window();
		if (window != null) {
			checkZone(window.zone());
			if (window.days().isEmpty() || window.from() < 0 || window.to() > 1440 || window.from() >= window.to()) {
				throw refused("invalid-hours", window.from() + "-" + window.to());
			}
		}
		var ending = section.ending();
		if (ending != null) {
			validate(section.name(), ending);
		}
	}

	private static void validate(String name, Ending ending) {
		ending.sounds().forEach((sound) -> check("invalid-sound", SOUND, sound));
		if (String.join("&", ending.sounds()).length() > MAX_SOUNDS) {
			throw refused("too-many-sounds", name);
		}
		if (ending.cause() < 1 || ending.cause() > 127) {
			throw refused("invalid-cause", Integer.toString(ending.cause()));
		}
	}

	private static void validate(Line line) {
		if (line.dial().isEmpty()) {
			check("invalid-trunk", ENDPOINT, line.name());
		}
		else {
			check("invalid-dial-string", DIAL_STRING, line.dial());
		}
		check("invalid-access-code", ACCESS_CODE, line.accessCode());
	}

	private static void validate(PinGate gate) {
		check("invalid-salt", HEX, gate.salt());
		gate.labels().forEach((hash, label) -> {
			check("invalid-pin", HASH, hash);
			check("invalid-pin-label", PIN_LABEL, label);
		});
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
		national(desired, rows);
		restricted(desired, rows);
		for (int i = 1; i <= desired.sections().size(); i++) {
			int section = i;
			desired.sections().get(i - 1).users().forEach((user) -> rows.put("who/" + section + "/" + user, "1"));
		}
		desired.pins().forEach((key, gate) -> {
			rows.put("salt/" + key, gate.salt());
			gate.labels().forEach((hash, label) -> rows.put("pin/" + key + "/" + hash, label));
		});
		desired.announcements()
			.forEach((code, heard) -> rows.put("say/" + code,
					(heard.answer() ? "1" : "0") + String.join("&", heard.sounds())));
		rows.put("hours/tz", desired.zone());
		desired.hours()
			.forEach((day, hours) -> rows.put("hours/" + day.getValue(), clock(hours.opens()) + clock(hours.closes())));
		rows.put(SUM, sum(rows));
		return rows;
	}

	/** Whether those rows of a generation are all that was written, and unchanged. */
	static boolean isWhole(SortedMap<String, String> rows) {
		var others = new TreeMap<>(rows);
		return sum(others).equals(others.remove(SUM));
	}

	/** Of the rows but itself. */
	private static String sum(SortedMap<String, String> rows) {
		try {
			var digest = MessageDigest.getInstance("SHA-1");
			rows.forEach((key, value) -> {
				if (!SUM.equals(key)) {
					digest.update((key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
				}
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void national(DesiredConfig desired, SortedMap<String, String> rows) {
		desired.nationalForms().forEach((form) -> {
			var value = form.strip() + form.callingCode() + "-";
			rows.put("nat/1" + form.leading(), value);
			if (!form.longOnly()) {
				rows.put("nat/0" + form.leading(), value);
			}
		});
	}

	/** Each entry has a number of four digits, by which exemptions name it. */
	private static void restricted(DesiredConfig desired, SortedMap<String, String> rows) {
		int number = 0;
		// where numbers of ten digits are dialled after a 1, seven are dialled without
		// area code
		boolean local = desired.nationalForms()
			.stream()
			.anyMatch((form) -> form.leading().equals("1") && form.callingCode().isEmpty());
		for (var entry : desired.restricted()) {
			var id = String.format(Locale.ROOT, "%04d", ++number);
			if (entry.contains("X")) {
				var exchange = entry.substring(entry.lastIndexOf('X') + 1);
				rows.put("no/x1" + exchange, id);
				if (local) {
					rows.put("no/l1" + exchange, id);
				}
			}
			else {
				rows.put("no/" + entry, id);
			}
			desired.exemptions().forEach((endpoint, until) -> {
				var end = until.get(entry);
				if (end != null) {
					rows.put("nx/" + endpoint + "/" + id, end.toString());
				}
			});
		}
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

	static String clock(int minutes) {
		return String.format(Locale.ROOT, "%02d%02d", minutes / 60, minutes % 60);
	}

	/** The text of a slot. */
	static DialplanText slot(DesiredConfig desired, char slot) {
		return SlotText.of(desired, slot);
	}

	/**
	 * An emergency context that holds what the lines say and nothing else.
	 * @param lines in the form of {@link #lines}; what is not in our form is left out
	 */
	static DialplanText emergency(SortedMap<String, String> lines, char slot) {
		var calls = new TreeMap<String, EmergencyCall>();
		lines.forEach((key, steps) -> {
			var dialled = key.startsWith(EMERGENCY_LINE) ? key.substring(EMERGENCY_LINE.length()) : "";
			var call = EMERGENCY.matcher(dialled).matches() ? emergencyCall(steps) : null;
			if (call != null) {
				calls.put(dialled, call);
			}
		});
		return SlotText.emergency(calls, slot);
	}

	/** Reads the steps of an emergency number; {@code null} for anything else. */
	private static @Nullable EmergencyCall emergencyCall(String steps) {
		var lines = new ArrayList<Line>();
		for (var step : steps.split(" \\| ")) {
			var dial = EMERGENCY_STEP.matcher(step);
			if (dial.matches()) {
				// the number stands in it already
				lines.add(new Line("", dial.group(1), "", false));
			}
			else if (!step.endsWith(",Hangup()")) {
				return null;
			}
		}
		return lines.isEmpty() ? null : new EmergencyCall("", lines);
	}

	/** What the PBX shall enforce, in a form that does not depend on the slot. */
	static SortedMap<String, String> lines(DesiredConfig desired) {
		var lines = rows(desired, ANY_SLOT);
		lines.remove(SUM);
		lines.putAll(SlotText.lines(contexts(slot(desired, ANY_SLOT)), ANY_SLOT));
		return lines;
	}

	private static SortedMap<String, List<String>> contexts(DialplanText text) {
		var contexts = new TreeMap<String, List<String>>();
		text.contextNames().forEach((context) -> contexts.put(context, text.steps(context)));
		return contexts;
	}

	/**
	 * The same from what was read of a PBX.
	 * @param rows the AstDB rows of one generation
	 * @param contexts the steps of the slot's contexts, by their names
	 */
	static SortedMap<String, String> lines(SortedMap<String, String> rows, SortedMap<String, List<String>> contexts,
			char slot) {
		var lines = new TreeMap<>(rows);
		lines.remove(SUM);
		lines.computeIfPresent("cfg",
				(key, value) -> (value.length() > 1) ? value.charAt(0) + "" + ANY_SLOT + value.substring(2) : value);
		lines.putAll(SlotText.lines(contexts, slot));
		return lines;
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
