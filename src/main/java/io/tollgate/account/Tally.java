package io.tollgate.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts what strangers can make happen as often as they like, until it is written down
 * together.
 */
final class Tally<T> {

	/** More different ones are counted together. */
	private static final int MOST = 50;

	private final T others;

	private final Map<T, Integer> counts = new LinkedHashMap<>();

	/**
	 * Has counted nothing yet.
	 * @param others what stands for those beyond the first fifty
	 */
	Tally(T others) {
		this.others = others;
	}

	synchronized void count(T what) {
		boolean known = this.counts.containsKey(what) || this.counts.size() < MOST;
		this.counts.merge(known ? what : this.others, 1, Integer::sum);
	}

	/**
	 * Hands over what was counted since the last time, if anything was. When that throws,
	 * it still counts.
	 */
	void write(Consumer<Map<T, Integer>> writer) {
		var counts = taken();
		if (counts.isEmpty()) {
			return;
		}
		boolean written = false;
		try {
			writer.accept(counts);
			written = true;
		}
		finally {
			if (!written) {
				putBack(counts);
			}
		}
	}

	private synchronized Map<T, Integer> taken() {
		var taken = new LinkedHashMap<>(this.counts);
		this.counts.clear();
		return taken;
	}

	private synchronized void putBack(Map<T, Integer> counts) {
		counts.forEach((what, count) -> this.counts.merge(what, count, Integer::sum));
	}

}
