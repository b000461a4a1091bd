package io.tollgate.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

import io.tollgate.numbering.NumberSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows all sets of an {@link Automaton} at once, from their first digit on. A state is
 * what is left of them after some digits; those with the same future become one, so that
 * the table stays small enough for a processor's cache.
 */
final class AutomatonBuilder {

	private static final int MOST_STATES = Character.MAX_VALUE;

	/** By column; {@code null} where there is no character of a number. */
	private static final @Nullable NumberSet[] CHARACTERS = characters();

	private static final int PLUS = 0;

	private final List<NumberSet> sets;

	private final ToIntFunction<int[]> value;

	/** What comes of what is left. */
	private final Map<Left, Node> futures = new HashMap<>();

	/** Each node by itself. */
	private final Map<Node, Node> nodes = new HashMap<>();

	AutomatonBuilder(List<NumberSet> sets, ToIntFunction<int[]> value) {
		this.sets = sets;
		this.value = value;
	}

	private static @Nullable NumberSet[] characters() {
		var characters = new @Nullable NumberSet[Automaton.COLUMNS];
		for (int column = 0; column < characters.length; column++) {
			char c = (char) (Automaton.FIRST + column);
			characters[column] = (c == '+' || (c >= '0' && c <= '9')) ? NumberSet.of(String.valueOf(c)) : null;
		}
		return characters;
	}

	Automaton build() {
		int[] all = new int[this.sets.size()];
		Arrays.setAll(all, (i) -> i);
		var start = step(new Left(0, all), true);
		var states = new ArrayList<Node>();
		states.add(new Node(this.value.applyAsInt(new int[0]), null));
		states.add(start);
		this.nodes.keySet().stream().filter((node) -> !node.isEnd()).forEach(states::add);
		int firstEnd = states.size();
		this.nodes.keySet().stream().filter(Node::isEnd).forEach(states::add);
		if (states.size() > MOST_STATES) {
			throw new Automaton.TooIntricate(MOST_STATES);
		}
		return table(states, firstEnd);
	}

	private static Automaton table(List<Node> states, int firstEnd) {
		for (int state = 0; state < states.size(); state++) {
			states.get(state).state = state;
		}
		var next = new char[states.size() * Automaton.COLUMNS];
		var values = new int[states.size()];
		for (int state = 0; state < states.size(); state++) {
			var node = states.get(state);
			values[state] = node.value;
			for (int column = 0; column < Automaton.COLUMNS && state != Automaton.STRANGE; column++) {
				next[state * Automaton.COLUMNS + column] = (char) node.after(column);
			}
		}
		return new Automaton(next, values, firstEnd);
	}

	private Node future(Left left) {
		var known = this.futures.get(left);
		if (known == null) {
			if (this.futures.size() > 4 * MOST_STATES || this.nodes.size() > MOST_STATES) {
				throw new Automaton.TooIntricate(MOST_STATES);
			}
			var node = left.changes(this.sets) ? step(left, false) : new Node(value(left), null);
			known = Objects.requireNonNullElse(this.nodes.putIfAbsent(node, node), node);
			this.futures.put(left, known);
		}
		return known;
	}

	/** A + may come first, and only then. */
	private Node step(Left left, boolean first) {
		var followers = new @Nullable Node[Automaton.COLUMNS];
		for (int column = first ? PLUS : PLUS + 1; column < followers.length; column++) {
			var character = CHARACTERS[column];
			followers[column] = (character != null) ? future(left.after(character, this.sets)) : null;
		}
		int value = value(left);
		return (!first && Arrays.stream(followers).allMatch((node) -> node == null || node.isEnd(value)))
				? new Node(value, null) : new Node(value, followers);
	}

	private int value(Left left) {
		return this.value.applyAsInt(left.takers(this.sets));
	}

	/**
	 * What is left after some digits.
	 *
	 * @param depth how many digits
	 * @param places of the sets that may still take the number
	 */
	private record Left(int depth, int[] places) {

		/** Whether another digit can make a difference. */
		boolean changes(List<NumberSet> sets) {
			for (int place : this.places) {
				var set = sets.get(place);
				if (this.depth < set.shortest() || set.longest().isPresent()) {
					return true;
				}
			}
			return false;
		}

		Left after(NumberSet character, List<NumberSet> sets) {
			int[] left = new int[this.places.length];
			int count = 0;
			for (int place : this.places) {
				if (sets.get(place).takesSome(this.depth, character)) {
					left[count++] = place;
				}
			}
			var after = new Left(this.depth + 1, Arrays.copyOf(left, count));
			// so that equal futures are met at once, at whatever depth
			return after.changes(sets) ? after : new Left(Integer.MAX_VALUE, after.places);
		}

		int[] takers(List<NumberSet> sets) {
			return Arrays.stream(this.places).filter((place) -> this.depth >= sets.get(place).shortest()).toArray();
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Left left && this.depth == left.depth && Arrays.equals(this.places, left.places);
		}

		@Override
		public int hashCode() {
			return 31 * Arrays.hashCode(this.places) + this.depth;
		}

	}

	/** A state to be. Equal when value and followers are the same. */
	private static final class Node {

		private final int value;

		/** By column; {@code null} for a state that is never left. */
		private final @Nullable Node @Nullable [] followers;

		private int state;

		Node(int value, @Nullable Node @Nullable [] followers) {
			this.value = value;
			this.followers = followers;
		}

		boolean isEnd() {
			return this.followers == null;
		}

		/** Whether nothing changes any more, and the value is this one. */
		boolean isEnd(int wanted) {
			return isEnd() && this.value == wanted;
		}

		int after(int column) {
			if (this.followers == null) {
				return (column != PLUS && CHARACTERS[column] != null) ? this.state : Automaton.STRANGE;
			}
			var follower = this.followers[column];
			return (follower != null) ? follower.state : Automaton.STRANGE;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Node node && this.value == node.value && haveSameFollowers(this, node);
		}

		/** Followers are known by themselves: there is one of each. */
		private static boolean haveSameFollowers(Node left, Node right) {
			if (left.followers == null || right.followers == null) {
				return left.followers == right.followers;
			}
			for (int column = 0; column < left.followers.length; column++) {
				if (left.followers[column] != right.followers[column]) {
					return false;
				}
			}
			return true;
		}

		@Override
		public int hashCode() {
			int hash = this.value;
			if (this.followers != null) {
				for (var follower : this.followers) {
					hash = 31 * hash + System.identityHashCode(follower);
				}
			}
			return hash;
		}

	}

}
