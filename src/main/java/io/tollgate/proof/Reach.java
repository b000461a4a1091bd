package io.tollgate.proof;

/** Which labels can still be reached from the states of an automaton. */
final class Reach {

	private Reach() {
	}

	/**
	 * By state, the bits of all labels that it or some state after it has. Followers have
	 * smaller numbers, so one pass does it.
	 * @param bits by label; labels beyond it count nothing
	 */
	static long[] masks(Automata automata, int root, long[] bits) {
		long[] masks = new long[root + 1];
		for (int state = 0; state <= root; state++) {
			int label = automata.label(state);
			long mask = (label < bits.length) ? bits[label] : 0;
			if (!automata.isSink(state)) {
				for (int symbol = 0; symbol < Automata.SYMBOLS.length(); symbol++) {
					mask |= masks[automata.next(state, symbol)];
				}
			}
			masks[state] = mask;
		}
		return masks;
	}

}
