package io.tollgate.decision;

import java.util.List;
import java.util.function.ToIntFunction;

import io.tollgate.numbering.NumberSet;

/**
 * Many sets of numbers in one table: reads a number once, digit by digit, and says by one
 * value which of the sets it is in.
 */
final class Automaton {

	/**
	 * The state after a character that stands in no dialled number: digits do, and a + in
	 * front. It is never left.
	 */
	static final int STRANGE = 0;

	/** The state before a number. */
	static final int START = 1;

	/** The character of the first column of the table. */
	static final char FIRST = '+';

	static final int COLUMNS = 16;

	private static final int ROW_BITS = 4;

	/** The state that follows, by state and character. */
	private final char[] next;

	private final int[] values;

	/** This state and those after it are never left. */
	private final int firstEnd;

	Automaton(char[] next, int[] values, int firstEnd) {
		this.next = next;
		this.values = values;
		this.firstEnd = firstEnd;
	}

	/**
	 * Makes the table.
	 * @param value what a number is worth, by the places, ascending, of the sets that it
	 * is in
	 * @throws TooIntricate when the sets overlap in too many ways
	 */
	static Automaton of(List<NumberSet> sets, ToIntFunction<int[]> value) {
		return new AutomatonBuilder(sets, value).build();
	}

	/** The state after a text, read from some place on. */
	int read(int from, String text, int offset) {
		var table = this.next;
		int state = from;
		for (int i = offset; i < text.length(); i++) {
			int column = text.charAt(i) - FIRST;
			if ((column & -COLUMNS) != 0) {
				return STRANGE;
			}
			state = table[(state << ROW_BITS) + column];
		}
		return state;
	}

	/** The same for who needs the value only: stops when it cannot change any more. */
	int readOn(int from, String text, int offset) {
		var table = this.next;
		int state = from;
		for (int i = offset; i < text.length() && state < this.firstEnd; i++) {
			int column = text.charAt(i) - FIRST;
			if ((column & -COLUMNS) != 0) {
				return STRANGE;
			}
			state = table[(state << ROW_BITS) + column];
		}
		return state;
	}

	/** What a number is worth that ends in that state. */
	int value(int state) {
		return this.values[state];
	}

	/** How many states there are. */
	int size() {
		return this.values.length;
	}

	/** The sets overlap in more ways than a table can hold. */
	static final class TooIntricate extends RuntimeException {

		TooIntricate(int states) {
			super("more than " + states + " states");
		}

	}

}
