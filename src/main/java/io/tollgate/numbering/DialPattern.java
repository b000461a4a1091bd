package io.tollgate.numbering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A dial pattern as Asterisk understands it, proven against a real Asterisk 22:
 * <ul>
 * <li>{@code X} is 0-9, {@code Z} 1-9, {@code N} 2-9, in either case; {@code [1-35*#]} a
 * set, in which those letters stand for themselves;</li>
 * <li>{@code .} is one or more of any character, {@code !} none or more; what follows
 * either is ignored;</li>
 * <li>dashes and blanks are ignored in a pattern, dashes in a dialled number too; all
 * other characters stand for themselves.</li>
 * </ul>
 */
public final class DialPattern {

	/**
	 * Which of several matching patterns of one context Asterisk takes: the least.
	 * Literal numbers come before patterns; patterns are compared position by position,
	 * fewer possible characters first, then {@code .}, {@code !} and the end. Equal
	 * patterns are the same extension to Asterisk, even when they are written
	 * differently.
	 */
	public static final Comparator<DialPattern> ORDER = Comparator.comparing((DialPattern pattern) -> !pattern.literal)
		.thenComparing((left, right) -> Arrays.compare(left.ordering, right.ordering));

	private static final int LONGEST = 40;

	private static final Position ANY = Position.oneOf(digits('0', '9'));

	private static final Position NOT_0 = Position.oneOf(digits('1', '9'));

	private static final Position NOT_0_1 = Position.oneOf(digits('2', '9'));

	private final String text;

	private final boolean literal;

	/** Ends with one of kind END, or with a BROKEN one that never matches. */
	private final List<Position> positions;

	/** Those that count in the order. A sort asks for them often. */
	private final Position[] ordering;

	private DialPattern(String text, boolean literal) {
		this.text = text;
		this.literal = literal;
		this.positions = literal ? literalPositions(text) : patternPositions(text);
		this.ordering = ordering(this.positions);
	}

	/**
	 * Reads a pattern that someone typed for an outbound route.
	 * @param typed with or without the leading underscore that Asterisk's own files have
	 */
	public static Parsed parse(String typed) {
		String text = typed.strip();
		text = text.startsWith("_") ? text.substring(1) : text;
		@Nullable Problem problem = problem(text);
		return (problem != null) ? problem : new Ok(new DialPattern(canonical(text), false));
	}

	/**
	 * An extension as it stands in Asterisk's own files, unchecked.
	 * @param exten a pattern when it starts with an underscore, else a literal number
	 */
	static DialPattern ofExtension(String exten) {
		return exten.startsWith("_") ? new DialPattern(exten.substring(1), false) : new DialPattern(exten, true);
	}

	/** The pattern without leading underscore, dashes and blanks: {@code 00ZXXXX!}. */
	public String text() {
		return this.text;
	}

	/** Whether a dialled number matches, whole. */
	public boolean matches(String dialled) {
		int at = 0;
		for (Position position : this.positions) {
			while (at < dialled.length() && dialled.charAt(at) == '-') {
				at++;
			}
			boolean ended = at == dialled.length();
			switch (position.kind()) {
				case ONE_OF -> {
					if (ended || !position.characters().get(dialled.charAt(at))) {
						return false;
					}
					at++;
				}
				case ONE_OR_MORE -> {
					return !ended;
				}
				case NONE_OR_MORE -> {
					return true;
				}
				case EMPTY_SET -> {
					if (ended) {
						return false;
					}
				}
				case END -> {
					return ended;
				}
				case BROKEN -> {
					return false;
				}
			}
		}
		throw new IllegalStateException(this.text);
	}

	/**
	 * A number that the pattern matches, for people to see what it stands for:
	 * {@code 0021234} for {@code 00ZXXXX!}.
	 */
	public String example() {
		StringBuilder number = new StringBuilder();
		for (Position position : this.positions) {
			if (position.kind() == Kind.ONE_OR_MORE) {
				number.append('5');
			}
			if (position.kind() != Kind.ONE_OF) {
				break; // a parsed pattern has no empty sets
			}
			number.append(position.example(number.length()));
		}
		return number.toString();
	}

	/** The numbers that it matches, to calculate with. Only of a parsed pattern. */
	public NumberSet numbers() {
		List<BitSet> characters = new ArrayList<>();
		for (Position position : this.positions) {
			switch (position.kind()) {
				case ONE_OF -> characters.add(position.characters());
				case ONE_OR_MORE -> {
					return NumberSet.of(characters, 1);
				}
				case NONE_OR_MORE -> {
					return NumberSet.of(characters, 0);
				}
				case END -> {
					return NumberSet.of(characters, -1);
				}
				default -> throw new IllegalStateException("not parsed: " + this);
			}
		}
		throw new IllegalStateException(this.text);
	}

	/** Whether everything that another pattern matches, this one matches too. */
	public boolean covers(DialPattern other) {
		return numbers().covers(other.numbers());
	}

	/** Whether some number matches both. */
	public boolean overlaps(DialPattern other) {
		return numbers().overlaps(other.numbers());
	}

	/**
	 * Whether it would send nearly everything to the trunk: {@code .}, {@code X!},
	 * {@code XXXX}, {@code NXXXXX!}. Either it takes every digit everywhere, or it takes
	 * numbers of any length and no place of it asks for more than "not 0" or "not 0 or
	 * 1". A route refuses such a pattern.
	 */
	public boolean catchesAll() {
		return fewestDigits() == 10 || (isOpen() && fewestDigits() >= 8);
	}

	/** Whether it takes numbers of any length. */
	private boolean isOpen() {
		return this.positions.stream()
			.anyMatch((position) -> position.kind() == Kind.ONE_OR_MORE || position.kind() == Kind.NONE_OR_MORE);
	}

	/** How many digits the narrowest place takes. */
	private int fewestDigits() {
		return this.positions.stream()
			.filter((position) -> position.kind() == Kind.ONE_OF)
			.mapToInt((position) -> position.characters().get('0', '9' + 1).cardinality())
			.min()
			.orElse(10);
	}

	private static @Nullable Problem problem(String text) {
		if (text.isEmpty()) {
			return Problem.of("empty");
		}
		if (text.length() > LONGEST) {
			return Problem.of("too-long", LONGEST);
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '[') {
				int end = text.indexOf(']', i);
				@Nullable Problem problem = (end < 0) ? Problem.of("unclosed-set") : setProblem(text.substring(i + 1, end));
				if (problem != null) {
					return problem;
				}
				i = end;
			}
			else if ((c == '.' || c == '!') && i < text.length() - 1) {
				return Problem.of("after-wildcard", c);
			}
			else if ("0123456789*#+XxZzNn.!- ".indexOf(c) < 0) {
				return Problem.of("character", c);
			}
			else if (c == '+' && i > 0) {
				return Problem.of("plus-inside");
			}
		}
		return canonical(text).isEmpty() ? Problem.of("empty") : null;
	}

	private static @Nullable Problem setProblem(String set) {
		if (set.isEmpty()) {
			return Problem.of("empty-set");
		}
		for (int i = 0; i < set.length(); i++) {
			boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
			char first = set.charAt(i);
			char last = set.charAt(range ? i + 2 : i);
			if ("0123456789*#".indexOf(first) < 0) {
				return Problem.of("set-character", first);
			}
			if (range && (!Character.isDigit(first) || last < '0' || last > '9' || last < first)) {
				return Problem.of("set-range", first + "-" + last);
			}
			i += range ? 2 : 0;
		}
		return null;
	}

	private static String canonical(String text) {
		StringBuilder out = new StringBuilder();
		boolean inSet = false;
		for (char c : text.toCharArray()) {
			inSet = (c == '[') || (inSet && c != ']');
			if (inSet || (c != '-' && c != ' ')) {
				out.append(c);
			}
		}
		return out.toString().toUpperCase(Locale.ROOT);
	}

	private static List<Position> literalPositions(String text) {
		List<Position> positions = new ArrayList<>();
		text.chars().filter((c) -> c != '-' && c != ' ').forEach((c) -> positions.add(Position.only((char) c)));
		positions.add(Position.of(Kind.END));
		return positions;
	}

	private static List<Position> patternPositions(String text) {
		List<Position> positions = new ArrayList<>();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '-', ' ' -> {
				}
				case 'X', 'x' -> positions.add(ANY);
				case 'Z', 'z' -> positions.add(NOT_0);
				case 'N', 'n' -> positions.add(NOT_0_1);
				case '.' -> positions.add(Position.of(Kind.ONE_OR_MORE));
				case '!' -> positions.add(Position.of(Kind.NONE_OR_MORE));
				case '[' -> {
					int end = text.indexOf(']', i);
					if (end < 0) {
						positions.add(Position.of(Kind.BROKEN));
						return positions;
					}
					positions.add((end == i + 1) ? Position.of(Kind.EMPTY_SET)
							: Position.oneOf(members(text.substring(i + 1, end))));
					i = end;
				}
				default -> positions.add(Position.only(c));
			}
		}
		positions.add(Position.of(Kind.END));
		return positions;
	}

	private static BitSet members(String set) {
		BitSet members = new BitSet();
		for (int i = 0; i < set.length(); i++) {
			boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
			members.or(digits(set.charAt(i), set.charAt(range ? i + 2 : i)));
			i += range ? 2 : 0;
		}
		return members;
	}

	/** None when the range descends. */
	private static BitSet digits(char first, char last) {
		BitSet digits = new BitSet();
		if (first <= last) {
			digits.set(first, last + 1);
		}
		return digits;
	}

	/**
	 * A set without members, {@code []} or {@code [3-1]}, does not count in the order.
	 */
	private static Position[] ordering(List<Position> positions) {
		List<Position> counting = new ArrayList<>(positions.size());
		for (Position position : positions) {
			if (position.kind() != Kind.EMPTY_SET && (position.kind() != Kind.ONE_OF || position.size() > 0)) {
				counting.add(position);
			}
		}
		return counting.toArray(Position[]::new);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DialPattern that && this.literal == that.literal && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.literal ? this.text : "_" + this.text;
	}

	/** What came of reading a pattern. */
	public sealed interface Parsed {

	}

	/**
	 * It is a pattern.
	 *
	 * @param pattern the pattern
	 */
	public record Ok(DialPattern pattern) implements Parsed {

	}

	/**
	 * It is none, and why.
	 *
	 * @param code {@code empty}, {@code too-long} (longest), {@code character} (which),
	 * {@code plus-inside}, {@code after-wildcard} (which wildcard), {@code unclosed-set},
	 * {@code empty-set}, {@code set-character} (which), {@code set-range} (which)
	 * @param arguments in the order of the message's placeholders
	 */
	public record Problem(String code, List<String> arguments) implements Parsed {

		public Problem {
			arguments = List.copyOf(arguments);
		}

		static Problem of(String code, Object... arguments) {
			return new Problem(code, Arrays.stream(arguments).map(String::valueOf).toList());
		}

	}

	/** In Asterisk's order. */
	private enum Kind {

		ONE_OF, ONE_OR_MORE, NONE_OR_MORE, END, BROKEN,
		/**
		 * {@code []}: takes nothing, but something must be left. Has no place in the
		 * order.
		 */
		EMPTY_SET

	}

	/**
	 * What may stand at one place of a number.
	 *
	 * @param kind how many characters
	 * @param characters which ones; only for {@link Kind#ONE_OF}
	 * @param size how many of them
	 */
	private record Position(Kind kind, BitSet characters, int size) implements Comparable<Position> {

		/** Those of one character, which most are: digits, and what else is usual. */
		private static final Position[] ONES = IntStream.range(0, 128)
			.mapToObj((c) -> oneOf(digits((char) c, (char) c)))
			.toArray(Position[]::new);

		static Position of(Kind kind) {
			return new Position(kind, new BitSet(), 0);
		}

		static Position oneOf(BitSet characters) {
			return new Position(Kind.ONE_OF, characters, characters.cardinality());
		}

		static Position only(char c) {
			return (c < ONES.length) ? ONES[c] : oneOf(digits(c, c));
		}

		/** A digit that counts up from place to place, as far as the set has it. */
		char example(int place) {
			char wanted = (char) ('0' + (place % 9) + 1);
			return this.characters.get(wanted) ? wanted : (char) this.characters.nextSetBit(0);
		}

		/** Fewer characters first, then the lower first one, then the lower others. */
		@Override
		public int compareTo(Position other) {
			int order = this.kind.compareTo(other.kind);
			order = (order != 0) ? order : Integer.compare(this.size, other.size);
			return (order != 0 || this == other) ? order : compareMembers(this.characters, other.characters);
		}

		private static int compareMembers(BitSet left, BitSet right) {
			int a = left.nextSetBit(0);
			int b = right.nextSetBit(0);
			while (a >= 0 && a == b) {
				a = left.nextSetBit(a + 1);
				b = right.nextSetBit(b + 1);
			}
			return Integer.compare(a, b);
		}

	}

}
