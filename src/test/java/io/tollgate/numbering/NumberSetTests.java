package io.tollgate.numbering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberSetTests {

	/**
	 * Every number of up to four characters; 9 stands for 3-8 too, which no set below has
	 * without 9, and {@code a} for all that no pattern names.
	 */
	private static final List<String> NUMBERS = numbers("0129+a", 4);

	private static final String[] PIECES = { "0", "1", "2", "+", "[01]", "[12]", "[0-2]", "[02]", "N", "Z", "X" };

	@ParameterizedTest
	@CsvSource({ "X.,XX,true", "X.,X,false", "X!,X,true", "X!,X.,true", "X.,X!,false", "1!,1900!,true",
			"1900!,1900NXXXXXX,true", "1900NXXXXXX,1900!,false", "1NXXNXXXXXX,1503NXXXXXX,true", "1X,1*,false",
			"1.,1*,true", "!,.,true", ".,!,false", "[13-5]X,3N,true", "[13-5]X,2N,false", "+1.,+12,true",
			"NXXXXXX,NXXNXXXXXX,false" })
	void knowsWhatCoversWhat(String pattern, String other, boolean covers) {
		assertThat(ok(pattern).covers(ok(other))).isEqualTo(covers);
	}

	@ParameterizedTest
	@CsvSource({ "1NXXNXXXXXX,1XXX976!,true", "1900!,1NXXNXXXXXX,true", "1503NXXXXXX,1900!,false", "X.,+.,false",
			"XX,X,false", "XX!,X.,true" })
	void knowsWhatOverlaps(String pattern, String other, boolean overlaps) {
		assertThat(ok(pattern).overlaps(ok(other))).isEqualTo(overlaps);
		assertThat(ok(other).overlaps(ok(pattern))).isEqualTo(overlaps);
	}

	@Test
	void countsNumbersAndTheirLengths() {
		assertThat(ok("1503NXXXXXX").numbers().count()).isEqualTo(OptionalLong.of(8_000_000));
		assertThat(ok("911").numbers().count()).isEqualTo(OptionalLong.of(1));
		assertThat(ok("1900!").numbers().count()).isEmpty();
		assertThat(ok("X".repeat(18)).numbers().count()).isEqualTo(OptionalLong.of(1_000_000_000_000_000_000L));
		assertThat(ok("X".repeat(20)).numbers().count()).isEqualTo(OptionalLong.of(Long.MAX_VALUE));
		assertThat(ok("1900.").numbers().shortest()).isEqualTo(5);
		assertThat(ok("1900!").numbers().shortest()).isEqualTo(4);
		assertThat(ok("1900!").numbers().longest()).isEmpty();
		assertThat(ok("NXXXXXX").numbers().longest()).isEqualTo(OptionalInt.of(7));
	}

	@Test
	void saysWhatIsLeft() {
		NumberSet all = ok("1NXX976XXXX").numbers();
		assertThat(all.without(List.of(ok("1[2-5]XX!").numbers(), ok("1[6-9]XX976.").numbers()))).isEmpty();
		assertThat(all.without(List.of(ok("1[2-5]XX!").numbers(), ok("1[7-9]XX976.").numbers())).orElseThrow())
			.hasToString("16349768912");
		assertThat(all.without(List.of()).orElseThrow()).isEqualTo(all);
	}

	@Test
	void rewritesABeginning() {
		assertThat(ok("9NXXXXXX").numbers().rewrite(1, NumberSet.of("1503"))).isEqualTo(ok("1503NXXXXXX").numbers());
		assertThat(ok("9.").numbers().rewrite(1, NumberSet.of(""))).isEqualTo(ok(".").numbers());
		assertThat(ok("1503NXXXXXX").numbers().fixedBeginning()).isEqualTo("1503");
		assertThat(ok("1[3]5").numbers().fixedBeginning()).isEqualTo("135");
		assertThat(ok("1.").numbers().fixedBeginning()).isEqualTo("1");
	}

	/** Whatever the maths says, trying all short numbers says too. */
	@Test
	void agreesWithTrying() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<String> disagreements = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			DialPattern one = randomPattern(random);
			DialPattern two = randomPattern(random);
			DialPattern three = randomPattern(random);
			compare(one, two, three, disagreements);
		}
		assertThat(disagreements).as("seed " + seed).isEmpty();
	}

	private static void compare(DialPattern one, DialPattern two, DialPattern three, List<String> disagreements) {
		Set<String> ones = matches(one);
		Set<String> twos = matches(two);
		String what = one + " " + two + " " + three;
		if (one.covers(two) != ones.containsAll(twos)) {
			disagreements.add(what + ": covers");
		}
		if (one.overlaps(two) == Collections.disjoint(ones, twos)) {
			disagreements.add(what + ": overlaps");
		}
		Set<String> both = new HashSet<>(ones);
		both.retainAll(twos);
		if (!one.numbers().meet(two.numbers()).map((meet) -> members(meet).equals(both)).orElse(both.isEmpty())) {
			disagreements.add(what + ": meet");
		}
		if (one.numbers().longest().isPresent()) {
			boolean left = ones.stream().anyMatch((number) -> !twos.contains(number) && !three.matches(number));
			if (one.numbers().without(List.of(two.numbers(), three.numbers())).isPresent() != left) {
				disagreements.add(what + ": without");
			}
		}
		if (!one.matches(one.numbers().example())) {
			disagreements.add(what + ": example");
		}
	}

	private static Set<String> members(NumberSet set) {
		return NUMBERS.stream().filter((number) -> holds(set, number)).collect(Collectors.toSet());
	}

	private static boolean holds(NumberSet set, String number) {
		return number.contains("a") ? holdsStranger(set, number) : set.covers(NumberSet.of(number));
	}

	/** No pattern names the letter, so it is taken where * and # are both taken. */
	private static boolean holdsStranger(NumberSet set, String number) {
		return set.covers(NumberSet.of(number.replace('a', '*'))) && set.covers(NumberSet.of(number.replace('a', '#')));
	}

	private static Set<String> matches(DialPattern pattern) {
		return NUMBERS.stream().filter(pattern::matches).collect(Collectors.toSet());
	}

	/** Only digits that {@link #NUMBERS} has, so that a difference shows. */
	private static DialPattern randomPattern(Random random) {
		StringBuilder text = new StringBuilder();
		int length = random.nextInt(3);
		for (int i = 0; i < length; i++) {
			String piece = PIECES[random.nextInt(PIECES.length)];
			text.append((i > 0 && piece.equals("+")) ? "0" : piece);
		}
		text.append(switch (random.nextInt(4)) {
			case 0 -> ".";
			case 1 -> "!";
			default -> text.isEmpty() ? "X" : "";
		});
		return ok(text.toString());
	}

	private static List<String> numbers(String characters, int longest) {
		List<String> all = new ArrayList<>(List.of(""));
		for (int from = 0; longest > 0; longest--) {
			int to = all.size();
			for (; from < to; from++) {
				for (char c : characters.toCharArray()) {
					all.add(all.get(from) + c);
				}
			}
		}
		return all;
	}

	private static DialPattern ok(String pattern) {
		return DialPatternTests.ok(pattern);
	}

}
