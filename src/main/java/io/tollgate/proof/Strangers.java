package io.tollgate.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.numbering.NumberSet;

/**
 * Extensions that the portal does not know yet, one of each kind that the patterns for
 * callers tell apart.
 */
final class Strangers {

	private static final List<NumberSet> SYMBOLS = Automata.SYMBOLS.chars()
		.mapToObj((symbol) -> NumberSet.of(Character.toString(symbol)))
		.toList();

	private final List<NumberSet> patterns;

	private final NavigableSet<String> known;

	private final Budget budget;

	private final Set<Object> met = new HashSet<>();

	private final ArrayDeque<Begun> queue = new ArrayDeque<>();

	private Strangers(List<NumberSet> patterns, NavigableSet<String> known, Budget budget) {
		this.patterns = patterns;
		this.known = known;
		this.budget = budget;
	}

	/**
	 * Numbers for every combination of patterns that some number matches, but not those
	 * that match none.
	 * @param known numbers that are no strangers
	 */
	static SortedSet<String> of(List<NumberSet> patterns, Set<String> known, Budget budget) {
		return new Strangers(patterns, new TreeSet<>(known), budget).find();
	}

	private SortedSet<String> find() {
		var strangers = new TreeSet<String>();
		var kinds = new HashSet<List<Integer>>();
		put(new Begun("", IntStream.range(0, this.patterns.size()).boxed().toList()));
		while (!this.queue.isEmpty()) {
			var begun = this.queue.remove();
			int length = begun.text().length();
			var matching = begun.left().stream().filter((place) -> takes(place, length)).toList();
			if (!matching.isEmpty() && !this.known.contains(begun.text()) && kinds.add(matching)) {
				strangers.add(begun.text());
			}
			for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
				var character = SYMBOLS.get(symbol);
				put(new Begun(begun.text() + Automata.SYMBOLS.charAt(symbol),
						begun.left()
							.stream()
							.filter((place) -> this.patterns.get(place).takesSome(length, character))
							.toList()));
			}
		}
		return strangers;
	}

	private boolean takes(int place, int length) {
		var pattern = this.patterns.get(place);
		return length >= pattern.shortest() && length <= pattern.longest().orElse(length);
	}

	/** Goes on with it, unless something that goes on alike was met. */
	private void put(Begun begun) {
		var next = this.known.ceiling(begun.text());
		boolean leadsToKnown = next != null && next.startsWith(begun.text());
		int length = begun.text().length();
		boolean settled = begun.left()
			.stream()
			.map(this.patterns::get)
			.allMatch((pattern) -> pattern.longest().isEmpty() && length >= pattern.shortest());
		var future = new ArrayList<Object>(begun.left());
		future.add(settled ? "" : length);
		future.add(leadsToKnown ? begun.text() : "");
		if (!begun.left().isEmpty() && this.met.add(future)) {
			this.budget.state();
			this.queue.add(begun);
		}
	}

	/**
	 * The beginning of a number.
	 *
	 * @param left places of the patterns that may still match
	 */
	private record Begun(String text, List<Integer> left) {
	}

}
