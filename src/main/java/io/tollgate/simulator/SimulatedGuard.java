package io.tollgate.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The expressions of {@code tollgate_guard.conf} in Java, for numbers of digits with + at
 * most in front. A row that is missing reads as empty, as on a real PBX.
 */
final class SimulatedGuard {

	private static final int LONGEST = 32;

	private final AstDb astDb;

	private final Instant now;

	private final String generation;

	SimulatedGuard(AstDb astDb, Instant now) {
		this.astDb = astDb;
		this.now = now;
		var active = db("active").split("-", -1);
		boolean over = active.length > 2 && number(active[2]) > 0 && now.getEpochSecond() >= number(active[2]);
		this.generation = active[over ? 1 : 0];
	}

	/** As the guard notes it. */
	String verdict(String who, String number) {
		var settings = row("cfg");
		var rights = row("ext/" + who);
		if (at(rights, 1).equals("h") && isOpen()) {
			rights = at(rights, 0) + "1";
		}
		var prefix = longest("ip/", number, 6) + row("np/" + (number.length() > 9 ? 1 : 0) + head(number, 3));
		var full = inFull(number, prefix);
		var rule = longest("e164/", full, 7);
		boolean known = !settings.isEmpty() && number.length() <= LONGEST;
		boolean mayCallOut = rights.isEmpty() || at(rights, 1).equals("1");
		boolean mayCallThere = prefix.isEmpty() || settings.startsWith("0")
				|| (rights.startsWith("1") && rule.startsWith("a"));
		if (!known || !mayCallOut || !mayCallThere || isRestricted(who, number, full)) {
			return "blocked-" + this.generation;
		}
		var sent = at(prefix, 1).equals("c") ? (at(rule, 1).equals("n") ? "" : tail(settings, 2)) + full : number;
		return "allowed-" + this.generation + "-" + at(settings, 1) + "-" + sent;
	}

	private String inFull(String number, String prefix) {
		if (prefix.equals("1")) {
			return "1" + number;
		}
		if (!prefix.isEmpty()) {
			return tail(number, (int) number(at(prefix, 0)));
		}
		var form = longest("nat/" + (number.length() > 9 ? 1 : 0), number, 2);
		return form.isEmpty() ? "" : tail(form.split("-", -1)[0], 1) + tail(number, (int) number(at(form, 0)));
	}

	private boolean isRestricted(String who, String number, String full) {
		var entry = longest("no/", full, 15) + row("no/x" + head(full, 1) + head(tail(full, 4), 3))
				+ row("no/l" + (number.length() < 10 ? 1 : 0) + head(number, 3));
		return !entry.isEmpty() && this.now.getEpochSecond() >= number(row("nx/" + who + "/" + head(entry, 4)));
	}

	private boolean isOpen() {
		var zone = row("hours/tz");
		try {
			if (zone.isEmpty()) {
				return false;
			}
			var time = this.now.atZone(ZoneId.of(zone));
			var hours = row("hours/" + time.getDayOfWeek().getValue());
			int clock = time.getHour() * 100 + time.getMinute();
			return hours.length() == 8 && clock >= number(head(hours, 4)) && clock < number(tail(hours, 4));
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	/** The rows of all beginnings, the longest first; what counts stands in front. */
	private String longest(String key, String number, int most) {
		var found = new StringBuilder();
		for (int length = most; length > 0; length--) {
			found.append(number.isEmpty() ? "" : row(key + head(number, length)));
		}
		return found.toString();
	}

	private String row(String key) {
		return db(this.generation + "/" + key);
	}

	private String db(String key) {
		var value = this.astDb.get("tollgate", key);
		return (value != null) ? value : "";
	}

	private static long number(String digits) {
		return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
	}

	private static String at(String text, int place) {
		return (place < text.length()) ? text.substring(place, place + 1) : "";
	}

	private static String head(String text, int length) {
		return text.substring(0, Math.min(length, text.length()));
	}

	private static String tail(String text, int from) {
		return text.substring(Math.min(from, text.length()));
	}

}
