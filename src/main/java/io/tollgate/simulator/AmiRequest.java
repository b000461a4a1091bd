package io.tollgate.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One message of a client.
 *
 * @param lines its header lines as received, without line ends
 * @param flaw what was wrong with its form
 */
record AmiRequest(List<String> lines, Flaw flaw) {

	/** The value of the first header of that name; empty when there is none. */
	String header(String name) {
		for (var line : this.lines) {
			if (isNamed(line, name)) {
				return valueOf(line);
			}
		}
		return "";
	}

	boolean has(String name) {
		return this.lines.stream().anyMatch((line) -> isNamed(line, name));
	}

	String action() {
		return header("Action").toLowerCase(Locale.ROOT);
	}

	/** All headers that do not steer the manager itself, for events that pass them on. */
	List<String> linesBut(String... names) {
		var rest = new ArrayList<String>();
		for (var line : this.lines) {
			if (List.of(names).stream().noneMatch((name) -> isNamed(line, name))) {
				rest.add(line);
			}
		}
		return rest;
	}

	private static boolean isNamed(String line, String name) {
		return line.length() > name.length() && line.charAt(name.length()) == ':'
				&& line.regionMatches(true, 0, name, 0, name.length());
	}

	/** Asterisk skips blanks in front of a value and keeps those behind it. */
	private static String valueOf(String line) {
		return line.substring(line.indexOf(':') + 1).stripLeading();
	}

	enum Flaw {

		NONE, LINE_TOO_LONG, TOO_MANY_LINES

	}

}
