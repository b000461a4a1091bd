package io.tollgate.connector;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A part of the routes: patterns that lead to the same place under the same conditions.
 * Sections are asked in their order; inside one the most specific pattern wins. A section
 * whose conditions do not hold is passed over.
 *
 * @param name the route it belongs to, for the events of blocked calls: letters, digits,
 * blanks, {@code _.-}
 * @param rules what it takes, patterns without leading underscore
 * @param caller a pattern of the calling endpoint's name, empty for every one
 * @param users endpoints that may use it; empty for all
 * @param window when it is there, {@code null} for always
 * @param lines tried in this order until one takes the call
 * @param callerId the number shown to the called, empty for the caller's own
 * @param pins key of the PINs that it asks for, empty for none
 * @param ending set when the call ends here instead; then there are no lines and no PINs
 */
public record DialSection(String name, List<Rule> rules, String caller, SortedSet<String> users,
		@Nullable Window window, List<Line> lines, String callerId, String pins, @Nullable Ending ending) {

	public DialSection {
		rules = List.copyOf(rules);
		users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
		lines = List.copyOf(lines);
	}

	/** A section for everybody at any time that sends what it gets to one trunk. */
	public static DialSection through(String trunk, List<String> patterns) {
		return new DialSection("Outbound", patterns.stream().map((pattern) -> new Rule("", 0, pattern)).toList(), "",
				new TreeSet<>(), null, List.of(Line.of(trunk)), "", "", null);
	}

	/** Whether numbers leave as they came, so that they are already judged. */
	public boolean unchanged() {
		return this.rules.stream().allMatch((rule) -> rule.strip() == 0 && rule.prepend().isEmpty());
	}

	/**
	 * One pattern.
	 *
	 * @param prepend digits, put in front of what is sent
	 * @param strip how many characters are taken off first
	 * @param pattern what it takes, prefix and all, without leading underscore
	 */
	public record Rule(String prepend, int strip, String pattern) {
	}

	/**
	 * @param zone IANA time zone
	 * @param days days of the week
	 * @param from minutes since midnight
	 * @param to exclusive, at most 1440
	 */
	public record Window(String zone, SortedSet<DayOfWeek> days, int from, int to) {

		public Window {
			days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
		}

	}

	/**
	 * @param cause Q.850
	 * @param sounds played in this order first
	 * @param answer whether the call is answered for them
	 */
	public record Ending(int cause, List<String> sounds, boolean answer) {

		public Ending {
			sounds = List.copyOf(sounds);
		}

	}

}
