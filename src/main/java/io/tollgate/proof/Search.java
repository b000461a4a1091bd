package io.tollgate.proof;

import java.util.Arrays;
import java.util.function.IntPredicate;

import com.carrotsearch.hppc.LongHashSet;

/**
 * Looks for dialled texts that one automaton lets go and whose rewritten form another one
 * forbids. It follows both at once, breadth first: the taken-off symbols move only the
 * first automaton. So the first text found is the shortest, and when nothing is left to
 * follow there is none.
 */
final class Search {

	/** The guard takes no longer number. */
	static final int LONGEST = 32;

	private static final int STATE_BITS = 28;

	private static final int DASH = Automata.SYMBOLS.length();

	private final Automata automata;

	private final Budget budget;

	private final LongHashSet met = new LongHashSet();

	private int[] going = new int[1024];

	private int[] sent = new int[1024];

	/** How many symbols are still to be taken off. */
	private byte[] strip = new byte[1024];

	/** Where in the queue the one before is. */
	private int[] before = new int[1024];

	private byte[] symbol = new byte[1024];

	private int size;

	Search(Automata automata, Budget budget) {
		this.automata = automata;
		this.budget = budget;
	}

	/**
	 * Runs to the end.
	 * @param from where to begin
	 * @param useful which states of the first automaton can still lead to what is wanted
	 * @param hits told of each state found, shortest text first
	 */
	void run(Start from, IntPredicate useful, IntPredicate forbids, Hits hits) {
		this.size = 0;
		this.met.clear();
		put(from.going(), from.sent(), from.strip(), -1, -1);
		int depth = from.beginning().length();
		int sentDepth = from.sentLength();
		int levelEnd = 1;
		for (int at = 0; at < this.size; at++) {
			if (at == levelEnd) {
				levelEnd = this.size;
				depth++;
			}
			if (depth > LONGEST) {
				return;
			}
			int label = this.automata.label(this.going[at]);
			int why = this.automata.label(this.sent[at]);
			int length = sentDepth + depth - from.beginning().length() - (from.strip() - this.strip[at]);
			if (label != 0 && why != 0 && this.strip[at] == 0 && length <= from.longest()) {
				hits.found(label, why, depth, this, at);
			}
			expand(at, from, useful, forbids);
		}
	}

	private void expand(int at, Start from, IntPredicate useful, IntPredicate forbids) {
		int going = this.going[at];
		int sent = this.sent[at];
		int left = this.strip[at];
		boolean first = at == 0 && from.beginning().isEmpty();
		int last = from.anySymbol() ? DASH : (first ? Automata.PLUS + 1 : Automata.DIGITS);
		for (int symbol = 0; symbol < last; symbol++) {
			boolean stray = symbol == Automata.PLUS && from.plainSent() && left == 0;
			int then = this.automata.next(going, symbol);
			int thenSent = (left > 0) ? sent : this.automata.next(sent, symbol);
			if (!stray && useful.test(then) && forbids.test(thenSent)) {
				put(then, thenSent, Math.max(left - 1, 0), at, symbol);
			}
		}
		if (from.anySymbol() && left > 0) {
			// the matcher does not see a dash, what is taken off counts it
			put(going, sent, left - 1, at, DASH);
		}
	}

	private void put(int going, int sent, int strip, int before, int symbol) {
		if (!this.met.add(((long) strip << (2 * STATE_BITS)) | ((long) going << STATE_BITS) | sent)) {
			return;
		}
		this.budget.state();
		if (this.size == this.going.length) {
			int more = this.size * 2;
			this.going = Arrays.copyOf(this.going, more);
			this.sent = Arrays.copyOf(this.sent, more);
			this.strip = Arrays.copyOf(this.strip, more);
			this.before = Arrays.copyOf(this.before, more);
			this.symbol = Arrays.copyOf(this.symbol, more);
		}
		this.going[this.size] = going;
		this.sent[this.size] = sent;
		this.strip[this.size] = (byte) strip;
		this.before[this.size] = before;
		this.symbol[this.size] = (byte) symbol;
		this.size++;
	}

	/** The text that led to a place of the queue, without the beginning. */
	String text(int place) {
		var text = new StringBuilder();
		for (int at = place; this.before[at] >= 0; at = this.before[at]) {
			text.append((this.symbol[at] == DASH) ? '-' : Automata.SYMBOLS.charAt(this.symbol[at]));
		}
		return text.reverse().toString();
	}

	/**
	 * Where a search begins.
	 *
	 * @param beginning what is dialled first
	 * @param going the state after it of what lets go
	 * @param strip how many symbols are still to be taken off
	 * @param sent the state of what forbids, after what is put in front
	 * @param sentLength how long that is
	 * @param longest the longest number that may be sent
	 * @param plainSent whether a + may not come any more in what is sent
	 * @param anySymbol whether more than digits, and a + in front, can be dialled
	 */
	record Start(String beginning, int going, int strip, int sent, int sentLength, int longest, boolean plainSent,
			boolean anySymbol) {
	}

	/** Who is told of what is found. */
	interface Hits {

		/**
		 * A text was found.
		 * @param going the label of what lets go
		 * @param forbids the label of what forbids
		 * @param length of the text with its beginning
		 * @param place for {@link Search#text}
		 */
		void found(int going, int forbids, int length, Search search, int place);

	}

}
