package io.tollgate.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

import com.carrotsearch.hppc.IntIntHashMap;
import com.carrotsearch.hppc.LongIntHashMap;
import io.tollgate.numbering.NumberSet;

/**
 * Deterministic automata over what a phone can dial, all in one pool: a state is a number
 * of the pool, and what it says of a text is the label of the state after the text, 0 for
 * nothing. States with the same label and the same followers are one state, so that every
 * automaton is minimal as it is built and equal automata are the same number. There are
 * no loops but states that are never left: patterns have no others.
 * <p>
 * Nothing is ever taken out. A pool lives for one question, and gives up when it has
 * grown beyond what a question may cost.
 */
final class Automata {

	/** All that can be dialled, in the order in which examples are looked for. */
	static final String SYMBOLS = "0123456789+*#";

	static final int DIGITS = 10;

	static final int PLUS = 10;

	/** What a symbol is that no automaton knows. */
	static final int NO_SYMBOL = -1;

	private static final int WIDTH = SYMBOLS.length();

	/** Numbers that it takes to keep one answer of an operation. */
	private static final int MEMO = 4;

	private static final int[] SYMBOL = symbols();

	private final Budget budget;

	private int[] next = new int[WIDTH << 12];

	private int[] labels = new int[1 << 12];

	private int size;

	/** Open addressing: a state by what it is, -1 for a free place. */
	private int[] index = new int[1 << 13];

	private final IntIntHashMap sinks = new IntIntHashMap();

	/** The state that says nothing of any text. */
	final int nothing;

	Automata(Budget budget) {
		this.budget = budget;
		Arrays.fill(this.index, -1);
		this.nothing = sink(0);
	}

	private static int[] symbols() {
		int[] symbols = new int[128];
		Arrays.fill(symbols, NO_SYMBOL);
		for (int i = 0; i < SYMBOLS.length(); i++) {
			symbols[SYMBOLS.charAt(i)] = i;
		}
		return symbols;
	}

	/** The place of a character among the symbols. */
	static int symbol(char c) {
		return (c < SYMBOL.length) ? SYMBOL[c] : NO_SYMBOL;
	}

	int label(int state) {
		return this.labels[state];
	}

	int next(int state, int symbol) {
		return this.next[state * WIDTH + symbol];
	}

	/** How many states there are in all. Followers have smaller numbers. */
	int size() {
		return this.size;
	}

	boolean isSink(int state) {
		return this.next[state * WIDTH] == state;
	}

	/** The state after a text. */
	int walk(int state, String text) {
		int at = state;
		for (int i = 0; i < text.length(); i++) {
			int symbol = symbol(text.charAt(i));
			at = (symbol == NO_SYMBOL) ? this.nothing : next(at, symbol);
		}
		return at;
	}

	/** The state that says the same of every text. */
	int sink(int label) {
		int known = this.sinks.getOrDefault(label, -1);
		if (known < 0) {
			known = add(label);
			Arrays.fill(this.next, known * WIDTH, known * WIDTH + WIDTH, known);
			this.sinks.put(label, known);
		}
		return known;
	}

	/**
	 * The state with that label and those followers.
	 * @param followers by symbol; not kept
	 */
	int state(int label, int[] followers) {
		int sink = this.sinks.getOrDefault(label, -1);
		if (sink >= 0 && allAre(followers, sink)) {
			return sink;
		}
		int mask = this.index.length - 1;
		int place = hash(label, followers) & mask;
		for (int at = this.index[place]; at >= 0; at = this.index[place]) {
			if (this.labels[at] == label
					&& Arrays.equals(this.next, at * WIDTH, at * WIDTH + WIDTH, followers, 0, WIDTH)) {
				return at;
			}
			place = (place + 1) & mask;
		}
		int added = add(label);
		System.arraycopy(followers, 0, this.next, added * WIDTH, WIDTH);
		this.index[place] = added;
		if (this.size * 2 > this.index.length) {
			rehash();
		}
		return added;
	}

	private static boolean allAre(int[] followers, int state) {
		for (int follower : followers) {
			if (follower != state) {
				return false;
			}
		}
		return true;
	}

	private static int hash(int label, int[] followers) {
		int hash = label;
		for (int follower : followers) {
			hash = hash * 0x01000193 ^ follower;
		}
		hash *= 0x9E3779B9;
		return hash ^ (hash >>> 15);
	}

	private int add(int label) {
		this.budget.state();
		if (this.size == this.labels.length) {
			int more = this.size + (this.size >> 1);
			this.labels = Arrays.copyOf(this.labels, more);
			this.next = Arrays.copyOf(this.next, Math.multiplyExact(more, WIDTH));
		}
		this.labels[this.size] = label;
		return this.size++;
	}

	private void rehash() {
		this.index = new int[this.index.length * 2];
		Arrays.fill(this.index, -1);
		int mask = this.index.length - 1;
		var followers = new int[WIDTH];
		for (int state = 0; state < this.size; state++) {
			if (!isSink(state)) {
				System.arraycopy(this.next, state * WIDTH, followers, 0, WIDTH);
				int place = hash(this.labels[state], followers) & mask;
				while (this.index[place] >= 0) {
					place = (place + 1) & mask;
				}
				this.index[place] = state;
			}
		}
	}

	/** Labels what a set holds. */
	int of(NumberSet set, int label) {
		int at = set.longest().isPresent() ? end(label) : sink(label);
		for (int place = set.shortest() - 1; place >= 0; place--) {
			at = step(set.characters(place), at);
		}
		return at;
	}

	/** Labels the empty text only. */
	int end(int label) {
		var followers = new int[WIDTH];
		Arrays.fill(followers, this.nothing);
		return state(label, followers);
	}

	private int step(String characters, int then) {
		var followers = new int[WIDTH];
		Arrays.fill(followers, this.nothing);
		for (int i = 0; i < characters.length(); i++) {
			followers[symbol(characters.charAt(i))] = then;
		}
		return state(0, followers);
	}

	/** What an automaton says of the rest of the texts that begin so. */
	int after(String beginning, int then) {
		int at = then;
		for (int i = beginning.length() - 1; i >= 0; i--) {
			at = step(beginning.substring(i, i + 1), at);
		}
		return at;
	}

	/**
	 * Several in one: the first of them that says something of a text is right.
	 * @param order the first first
	 */
	int first(int[] order) {
		return new Merge().of(order, order.length);
	}

	int first(int one, int other) {
		return first(new int[] { one, other });
	}

	/** What an automaton says of the texts of which another says something. */
	int where(int selector, int automaton) {
		return new Where(true).of(selector, automaton);
	}

	/** What an automaton says of the texts of which another says nothing. */
	int except(int selector, int automaton) {
		return new Where(false).of(selector, automaton);
	}

	/** The same with other labels; 0 stays 0. */
	int relabel(int automaton, IntUnaryOperator label) {
		return new Relabel(label).of(automaton);
	}

	/** What an automaton says of texts of so many symbols or more. */
	int atLeast(int automaton, int length) {
		return new AtLeast(false).of(automaton, length);
	}

	/**
	 * What it says of the first so many symbols or more of which it says something, it
	 * says of all that begins so.
	 */
	int lasting(int automaton, int length) {
		return new AtLeast(true).of(automaton, length);
	}

	/** Keeps what one operation has found. */
	private final class Merge {

		private final Map<Key, Integer> known = new HashMap<>();

		/** In which round a state was met last. */
		private int[] seen = new int[0];

		private int round;

		/**
		 * @param count how many of the first are meant
		 */
		int of(int[] order, int count) {
			var left = new int[count];
			int size = 0;
			begin();
			for (int i = 0; i < count && (size == 0 || !saysAll(left[size - 1])); i++) {
				size = add(left, size, order[i]);
			}
			if (size < 2) {
				return (size == 0) ? Automata.this.nothing : left[0];
			}
			var key = new Key(Arrays.copyOf(left, size));
			var found = this.known.get(key);
			if (found == null) {
				Automata.this.budget.pay(size);
				found = make(key.states());
				this.known.put(key, found);
			}
			return found;
		}

		/** One that says nothing, or what an earlier one has said, does not count. */
		private int add(int[] left, int size, int state) {
			if (state == Automata.this.nothing) {
				return size;
			}
			if (this.seen[state] == this.round) {
				return size;
			}
			this.seen[state] = this.round;
			left[size] = state;
			return size + 1;
		}

		private void begin() {
			this.round++;
			if (this.seen.length < Automata.this.size) {
				this.seen = Arrays.copyOf(this.seen, Automata.this.labels.length);
			}
		}

		private boolean saysAll(int state) {
			return isSink(state) && label(state) != 0;
		}

		private int make(int[] states) {
			int label = 0;
			for (int i = 0; i < states.length && label == 0; i++) {
				label = label(states[i]);
			}
			var followers = new int[WIDTH];
			var after = new int[states.length];
			for (int symbol = 0; symbol < WIDTH; symbol++) {
				int count = 0;
				for (int state : states) {
					int follower = next(state, symbol);
					if (follower != Automata.this.nothing) {
						after[count++] = follower;
					}
				}
				followers[symbol] = of(after, count);
			}
			return state(label, followers);
		}

	}

	private record Key(int[] states) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Key key && Arrays.equals(this.states, key.states);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.states);
		}

	}

	private final class Where {

		private final LongIntHashMap known = new LongIntHashMap();

		private final boolean wanted;

		Where(boolean wanted) {
			this.wanted = wanted;
		}

		int of(int selector, int automaton) {
			if (isSink(selector)) {
				return ((label(selector) != 0) == this.wanted) ? automaton : Automata.this.nothing;
			}
			if (automaton == Automata.this.nothing) {
				return automaton;
			}
			long key = ((long) selector << 32) | automaton;
			int found = this.known.getOrDefault(key, -1);
			if (found < 0) {
				var followers = new int[WIDTH];
				for (int symbol = 0; symbol < WIDTH; symbol++) {
					followers[symbol] = of(next(selector, symbol), next(automaton, symbol));
				}
				found = state(((label(selector) != 0) == this.wanted) ? label(automaton) : 0, followers);
				Automata.this.budget.pay(MEMO);
				this.known.put(key, found);
			}
			return found;
		}

	}

	private final class Relabel {

		private final IntIntHashMap known = new IntIntHashMap();

		private final IntUnaryOperator label;

		Relabel(IntUnaryOperator label) {
			this.label = label;
		}

		int of(int state) {
			int found = this.known.getOrDefault(state, -1);
			if (found < 0) {
				int other = (label(state) != 0) ? this.label.applyAsInt(label(state)) : 0;
				if (isSink(state)) {
					found = sink(other);
				}
				else {
					var followers = new int[WIDTH];
					for (int symbol = 0; symbol < WIDTH; symbol++) {
						followers[symbol] = of(next(state, symbol));
					}
					found = state(other, followers);
				}
				Automata.this.budget.pay(MEMO);
				this.known.put(state, found);
			}
			return found;
		}

	}

	private final class AtLeast {

		private final LongIntHashMap known = new LongIntHashMap();

		private final boolean lasting;

		AtLeast(boolean lasting) {
			this.lasting = lasting;
		}

		/**
		 * @param left how many symbols more
		 */
		int of(int state, int left) {
			if (this.lasting ? isSink(state) : left == 0 || state == Automata.this.nothing) {
				return state;
			}
			if (left == 0 && label(state) != 0) {
				return sink(label(state));
			}
			long key = ((long) left << 32) | state;
			int found = this.known.getOrDefault(key, -1);
			if (found < 0) {
				var followers = new int[WIDTH];
				for (int symbol = 0; symbol < WIDTH; symbol++) {
					followers[symbol] = of(next(state, symbol), Math.max(left - 1, 0));
				}
				found = state(this.lasting ? label(state) : 0, followers);
				Automata.this.budget.pay(MEMO);
				this.known.put(key, found);
			}
			return found;
		}

	}

}
