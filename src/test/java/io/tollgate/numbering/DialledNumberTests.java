package io.tollgate.numbering;

import io.tollgate.numbering.DialledNumber.Hint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DialledNumberTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "\"\"|EMPTY", "+|EMPTY", "００54|FOREIGN_DIGITS", "٠٠54|FOREIGN_DIGITS", "0054abc|LETTERS",
					"00 54|BLANKS", "00-54|SEPARATORS", "54+1|PLUS_INSIDE", "++54|PLUS_INSIDE", "*54#|STAR_OR_HASH",
					"00&54|OTHER_CHARACTERS", "00\u202854|OTHER_CHARACTERS", "00\u000054|OTHER_CHARACTERS" })
	void sayWhatIsOdd(String raw, Hint hint) {
		assertThat(DialledNumber.hints(raw)).contains(hint);
		assertThat(DialledNumber.isWellFormed(raw)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "+541938384", "00541938384", "911", "1" })
	void sayNothingOfAWellFormedNumber(String raw) {
		assertThat(DialledNumber.hints(raw)).isEmpty();
		assertThat(DialledNumber.isWellFormed(raw)).isTrue();
	}

	@Test
	void sixtyDigitsAreTooMany() {
		assertThat(DialledNumber.hints("5".repeat(60))).containsExactly(Hint.TOO_LONG);
		assertThat(DialledNumber.hints("5".repeat(32))).isEmpty();
		assertThat(DialledNumber.hints("5".repeat(33))).containsExactly(Hint.TOO_LONG);
	}

	@Test
	void suggestsWhatWasMeant() {
		assertThat(DialledNumber.suggestion("0054 (193) 8384")).hasValue("00541938384");
		assertThat(DialledNumber.suggestion("００５４")).hasValue("0054");
		assertThat(DialledNumber.suggestion("+54-193")).hasValue("+54193");
		assertThat(DialledNumber.suggestion("0054")).isEmpty();
		assertThat(DialledNumber.suggestion("0800FLOWERS")).isEmpty();
		assertThat(DialledNumber.suggestion("54+1")).isEmpty();
	}

}
