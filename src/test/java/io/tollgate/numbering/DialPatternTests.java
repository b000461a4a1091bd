package io.tollgate.numbering;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DialPatternTests {

	@Test
	void readsWhatPeoplePaste() {
		assertThat(ok("_NXX-XXXX").text()).isEqualTo("NXXXXXX");
		assertThat(ok(" 00 nxxxx! ").text()).isEqualTo("00NXXXX!");
		assertThat(ok("[2-9]X*#").text()).isEqualTo("[2-9]X*#");
		assertThat(ok("+ZX.").text()).isEqualTo("+ZX.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "\"\"|empty", "_|empty", "- -|empty", "9,1,Goto(a)|character", "9/1001|character",
					"${EXTEN}|character", "90;|character", "AB|character", "٣XX|character", "9.1|after-wildcard",
					"9!!|after-wildcard", "1[2-|unclosed-set", "1[]2|empty-set", "1[a]|set-character",
					"1[N]|set-character", "1[-2]|set-character", "1[3-1]|set-range", "1[1-*]|set-range",
					"1+|plus-inside", "12345678901234567890123456789012345678901|too-long" })
	void saysWhatIsWrong(String typed, String code) {
		assertThat(DialPattern.parse(typed)).isInstanceOfSatisfying(DialPattern.Problem.class,
				(problem) -> assertThat(problem.code()).isEqualTo(code));
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "!", "X.", "XXXX", "x!", "Z.", "NXXXX!", "[0-9]X", "[1-9]XXX!" })
	void knowsPatternsThatTakeEverything(String typed) {
		assertThat(ok(typed).catchesAll()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NXXXXXX", "9.", "00ZXXXX!", "0Z!", "[2-5]X!", "+Z." })
	void letsOtherPatternsPass(String typed) {
		assertThat(ok(typed).catchesAll()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NXXXXXXXXX", "00ZXXXX!", "9.", "[*#]X", "[3-5]!", "1NXXNXXXXXX" })
	void givesAnExampleThatMatches(String typed) {
		DialPattern pattern = ok(typed);
		assertThat(pattern.matches(pattern.example())).as(pattern.example()).isTrue();
	}

	@Test
	void ordersAsAsteriskDoes() {
		List<DialPattern> sorted = Stream.of("9.", "9!", "9", "X!", "911", "9N", "9[1-3]", "9Z", "9X")
			.map(DialPatternTests::ok)
			.sorted(DialPattern.ORDER)
			.toList();
		assertThat(sorted).extracting(DialPattern::text)
			.containsExactly("911", "9[1-3]", "9N", "9Z", "9X", "9.", "9!", "9", "X!");
		assertThat(sorted).isSortedAccordingTo(DialPattern.ORDER);
	}

	static DialPattern ok(String typed) {
		assertThat(DialPattern.parse(typed)).isInstanceOf(DialPattern.Ok.class);
		return ((DialPattern.Ok) DialPattern.parse(typed)).pattern();
	}

}
