package io.tollgate.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import com.carrotsearch.hppc.IntLongHashMap;

/**
 * What an automaton says of texts of digits, told to people: how many there are, as which
 * patterns, an example.
 */
final class Digits {

	/** More than anybody counts, as there are when a pattern is open at its end. */
	private static final long NO_END = Long.MAX_VALUE;

	/** Digits of an example, where there can be so many. */
	private static final int USUAL = 11;

	private final Automata automata;

	private final IntLongHashMap counts = new IntLongHashMap();

	private final Map<Long, Double> shares = new HashMap<>();

	Digits(Automata automata) {
		this.automata = automata;
	}

	/** Whether it says something of any. */
	boolean any(int state) {
		return count(state) > 0;
	}

	/** Of how many; empty when there is no end of them. */
	OptionalLong howMany(int state) {
		long count = count(state);
		return (count == NO_END) ? OptionalLong.empty() : OptionalLong.of(count);
	}

	private long count(int state) {
		if (this.automata.isSink(state)) {
			return (this.automata.label(state) != 0) ? NO_END : 0;
		}
		long known = this.counts.getOrDefault(state, -1);
		if (known < 0) {
			known = (this.automata.label(state) != 0) ? 1 : 0;
			for (int digit = 0; digit < Automata.DIGITS && known < NO_END; digit++) {
				long more = count(this.automata.next(state, digit));
				known = (more > NO_END - known) ? NO_END : known + more;
			}
			this.counts.put(state, known);
		}
		return known;
	}

	/** Which part of all texts of so many digits it says something of, 0 to 1. */
	double share(int state, int digits) {
		if (digits == 0 || this.automata.isSink(state)) {
			return (this.automata.label(state) != 0) ? 1 : 0;
		}
		long key = ((long) digits << 32) | state;
		var known = this.shares.get(key);
		if (known != null) {
			return known;
		}
		double share = 0;
		for (int digit = 0; digit < Automata.DIGITS; digit++) {
			share += share(this.automata.next(state, digit), digits - 1) / Automata.DIGITS;
		}
		this.shares.put(key, share);
		return share;
	}

	/**
	 * The texts as dial patterns, the shortest way to write them first.
	 * @param most no more than these
	 */
	List<String> patterns(int state, int most) {
		var patterns = new ArrayList<String>();
		write(state, "", patterns, most);
		return patterns;
	}

	private void write(int state, String beginning, List<String> patterns, int most) {
		if (patterns.size() >= most) {
			return;
		}
		if (this.automata.isSink(state)) {
			if (this.automata.label(state) != 0) {
				patterns.add(beginning + "!");
			}
			return;
		}
		if (this.automata.label(state) != 0 && !beginning.isEmpty()) {
			patterns.add(beginning);
		}
		var done = new boolean[Automata.DIGITS];
		for (int digit = 0; digit < Automata.DIGITS; digit++) {
			int then = this.automata.next(state, digit);
			if (!done[digit] && any(then)) {
				var alike = new StringBuilder();
				for (int other = digit; other < Automata.DIGITS; other++) {
					if (this.automata.next(state, other) == then) {
						done[other] = true;
						alike.append(other);
					}
				}
				write(then, beginning + place(alike.toString()), patterns, most);
			}
		}
	}

	private static String place(String digits) {
		return switch (digits) {
			case "0123456789" -> "X";
			case "123456789" -> "Z";
			case "23456789" -> "N";
			default -> (digits.length() == 1) ? digits : "[" + ranges(digits) + "]";
		};
	}

	private static String ranges(String digits) {
		var text = new StringBuilder();
		for (int from = 0; from < digits.length();) {
			int to = from;
			while (to + 1 < digits.length() && digits.charAt(to + 1) == digits.charAt(to) + 1) {
				to++;
			}
			text.append(digits.charAt(from));
			if (to > from) {
				text.append((to > from + 1) ? "-" : "").append(digits.charAt(to));
			}
			from = to + 1;
		}
		return text.toString();
	}

	/**
	 * One of the texts, of the usual length where it can be; empty when there is none.
	 * @param beginning what stands in front of it
	 */
	String example(String beginning, int state) {
		var text = new StringBuilder(beginning);
		int at = state;
		while (!isEnough(at, text.length())) {
			int wanted = (text.length() + 1) % Automata.DIGITS;
			int chosen = -1;
			for (int i = 0; i < Automata.DIGITS && chosen < 0; i++) {
				int digit = (wanted + i) % Automata.DIGITS;
				chosen = any(this.automata.next(at, digit)) ? digit : -1;
			}
			if (chosen < 0) {
				return (this.automata.label(at) != 0) ? text.toString() : "";
			}
			text.append(chosen);
			at = this.automata.next(at, chosen);
		}
		return text.toString();
	}

	private boolean isEnough(int state, int length) {
		return this.automata.label(state) != 0 && length >= USUAL;
	}

}
