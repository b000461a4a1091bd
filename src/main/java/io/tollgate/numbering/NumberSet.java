package io.tollgate.numbering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All the numbers that a {@link DialPattern} matches, to calculate with: whether one set
 * holds another, what two have in common, what is left of one without others. Exact.
 */
public final class NumberSet {

	private static final String CHARACTERS = "0123456789*#+";

	private static final int DIGITS = 0b11_1111_1111;

	/** One bit for each character, and one for all that stand in no pattern. */
	private static final int ANY = (1 << (CHARACTERS.length() + 1)) - 1;

	/** Beyond so many pieces, what is left is not divided further. */
	private static final int MOST_PIECES = 100;

	/** What each of the first places takes, a bit for each of the characters. */
	private final int[] places;

	/** Whether any number of any characters may follow. */
	private final boolean open;

	private NumberSet(int[] places, boolean open) {
		this.places = places;
		this.open = open;
	}

	/**
	 * From the characters that each of the first places takes, as bit sets.
	 * @param more how many characters more there are at least; -1 when none may follow
	 */
	static NumberSet of(List<BitSet> characters, int more) {
		int[] places = new int[characters.size() + Math.max(more, 0)];
		Arrays.fill(places, ANY);
		for (int i = 0; i < characters.size(); i++) {
			places[i] = bits(characters.get(i));
		}
		return new NumberSet(places, more >= 0);
	}

	private static int bits(BitSet characters) {
		int bits = 0;
		for (int c = characters.nextSetBit(0); c >= 0; c = characters.nextSetBit(c + 1)) {
			bits |= bit(c);
		}
		return bits;
	}

	private static int bit(int character) {
		int index = CHARACTERS.indexOf(character);
		if (index < 0) {
			throw new IllegalArgumentException("stands in no pattern: " + (char) character);
		}
		return 1 << index;
	}

	/** The set of one number, digits and {@code * # +}. */
	public static NumberSet of(String number) {
		return new NumberSet(number.chars().map(NumberSet::bit).toArray(), false);
	}

	/** How many characters the shortest number has. */
	public int shortest() {
		return this.places.length;
	}

	/** How many the longest one has; empty when there is no longest one. */
	public OptionalInt longest() {
		return this.open ? OptionalInt.empty() : OptionalInt.of(this.places.length);
	}

	/**
	 * How many numbers there are; empty when there is no end of them,
	 * {@link Long#MAX_VALUE} also for more than that.
	 */
	public OptionalLong count() {
		if (this.open) {
			return OptionalLong.empty();
		}
		long count = 1;
		for (int place : this.places) {
			long high = Math.multiplyHigh(count, Integer.bitCount(place));
			count *= Integer.bitCount(place);
			if (high != 0 || count < 0) {
				return OptionalLong.of(Long.MAX_VALUE);
			}
		}
		return OptionalLong.of(count);
	}

	/** Whether all numbers of another set are in this one too. */
	public boolean covers(NumberSet other) {
		if (this.open ? other.places.length < this.places.length
				: other.open || other.places.length != this.places.length) {
			return false;
		}
		for (int i = 0; i < this.places.length; i++) {
			if ((other.places[i] & ~this.places[i]) != 0) {
				return false;
			}
		}
		return true;
	}

	/** Whether some number is in both. */
	public boolean overlaps(NumberSet other) {
		boolean lengths = (this.open || this.places.length >= other.places.length)
				&& (other.open || other.places.length >= this.places.length);
		for (int i = 0; lengths && i < this.places.length && i < other.places.length; i++) {
			if ((this.places[i] & other.places[i]) == 0) {
				return false;
			}
		}
		return lengths;
	}

	/** The numbers that are in both; empty when there is none. */
	public Optional<NumberSet> meet(NumberSet other) {
		if (!overlaps(other)) {
			return Optional.empty();
		}
		NumberSet longer = (this.places.length >= other.places.length) ? this : other;
		NumberSet shorter = (longer == this) ? other : this;
		int[] both = longer.places.clone();
		for (int i = 0; i < shorter.places.length; i++) {
			both[i] &= shorter.places[i];
		}
		return Optional.of(new NumberSet(both, this.open && other.open));
	}

	/** Each number with another beginning: so many characters less, these instead. */
	public NumberSet rewrite(int taken, NumberSet beginning) {
		int[] rest = (taken >= this.places.length) ? new int[0]
				: Arrays.copyOfRange(this.places, taken, this.places.length);
		int[] all = Arrays.copyOf(beginning.places, beginning.places.length + rest.length);
		System.arraycopy(rest, 0, all, beginning.places.length, rest.length);
		return new NumberSet(all, this.open);
	}

	/** The first places only, as many as that; all of them when there are fewer. */
	public NumberSet beginning(int length) {
		return new NumberSet(Arrays.copyOf(this.places, Math.min(length, this.places.length)), false);
	}

	/** The same numbers, and all that begin with one of them. */
	public NumberSet orLonger() {
		return this.open ? this : new NumberSet(this.places, true);
	}

	/** All numbers that begin with one of these and are longer. */
	public NumberSet longer() {
		int[] longer = Arrays.copyOf(this.places, this.places.length + 1);
		longer[this.places.length] = ANY;
		return new NumberSet(longer, true);
	}

	/**
	 * Some of the numbers that are in none of the others; empty when there is none left.
	 * @param others sets to take away from this one, which has numbers of one length
	 */
	public Optional<NumberSet> without(Collection<NumberSet> others) {
		if (this.open) {
			throw new IllegalStateException("numbers of any length");
		}
		List<NumberSet> near = others.stream().filter(this::overlaps).toList();
		NumberSet some = of(example());
		if (near.stream().noneMatch((other) -> other.covers(some))) {
			return Optional.of(this);
		}
		List<NumberSet> left = List.of(this);
		for (NumberSet other : near) {
			List<NumberSet> pieces = new ArrayList<>();
			left.forEach((piece) -> piece.split(other, pieces));
			left = pieces;
			if (left.size() > MOST_PIECES) {
				break; // says that something is left, which is the safe side
			}
		}
		return left.stream().findFirst();
	}

	/** What is left of this one: pieces that first differ at one of the places. */
	private void split(NumberSet other, List<NumberSet> pieces) {
		if (!overlaps(other)) {
			pieces.add(this);
			return;
		}
		int[] common = this.places.clone();
		for (int i = 0; i < Math.min(this.places.length, other.places.length); i++) {
			int rest = this.places[i] & ~other.places[i];
			if (rest != 0) {
				int[] piece = common.clone();
				piece[i] = rest;
				pieces.add(new NumberSet(piece, false));
			}
			common[i] &= other.places[i];
		}
	}

	/** The digits that all the numbers begin with: {@code 1503} for 1503NXXXXXX. */
	public String fixedBeginning() {
		StringBuilder beginning = new StringBuilder();
		for (int place : this.places) {
			if (Integer.bitCount(place) != 1 || place == 1 << CHARACTERS.length()) {
				break;
			}
			beginning.append(CHARACTERS.charAt(Integer.numberOfTrailingZeros(place)));
		}
		return beginning.toString();
	}

	/** Whether nothing but these can stand at a place, counted from 0. */
	public boolean takesOnly(int place, NumberSet characters) {
		return place < this.places.length && (this.places[place] & ~characters.places[0]) == 0;
	}

	/** Whether one of these can stand at a place, counted from 0. */
	public boolean takesSome(int place, NumberSet characters) {
		return (place < this.places.length) ? (this.places[place] & characters.places[0]) != 0 : this.open;
	}

	/** Which of the digits and {@code * # +} can stand at a place, counted from 0. */
	public String characters(int place) {
		StringBuilder characters = new StringBuilder();
		for (int i = 0; i < CHARACTERS.length(); i++) {
			if (place >= this.places.length ? this.open : (this.places[place] & (1 << i)) != 0) {
				characters.append(CHARACTERS.charAt(i));
			}
		}
		return characters.toString();
	}

	/**
	 * One of the numbers, for people to see what the set is: digits that count up from
	 * place to place, as far as the places have them.
	 */
	public String example() {
		StringBuilder number = new StringBuilder();
		for (int place : this.places) {
			int wanted = 1 << ((number.length() % 9) + 1);
			int digits = place & DIGITS;
			int chosen = ((place & wanted) != 0) ? wanted : Integer.lowestOneBit((digits != 0) ? digits : place);
			number.append(CHARACTERS.charAt(Integer.numberOfTrailingZeros(chosen)));
		}
		return number.toString();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof NumberSet that && this.open == that.open && Arrays.equals(this.places, that.places);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.places);
	}

	@Override
	public String toString() {
		return example() + (this.open ? "…" : "");
	}

}
