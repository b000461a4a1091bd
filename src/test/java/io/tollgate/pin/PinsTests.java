package io.tollgate.pin;

import io.tollgate.pin.Pins.Weakness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PinsTests {

	/** By {@code printf %s 00112233445566778899aabbccddeeff2468 | sha1sum}. */
	@Test
	void hashesSaltAndPin() {
		assertThat(Pins.hash("00112233445566778899aabbccddeeff", "2468"))
			.isEqualTo("615a0345ff6e87a55142be498d94286da7c9caf6");
	}

	@Test
	void makesUpWhatNobodyGuesses() {
		assertThat(Pins.salt()).matches("[0-9a-f]{32}").isNotEqualTo(Pins.salt());
		for (int i = 0; i < 200; i++) {
			var pin = Pins.madeUp();
			assertThat(pin).matches("[0-9]{6}");
			assertThat(Pins.weakness(pin)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "123", "000", "123456789012345" })
	void isAPin(String digits) {
		assertThat(Pins.isPin(digits)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12", "1234567890123456", "12a4", "12 34", "*123", "١٢٣٤" })
	void isNone(String digits) {
		assertThat(Pins.isPin(digits)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Ana", "a", "Ana Ruiz", "night-guard_2.b", "1234567890123456789012345678901234567890" })
	void isALabel(String label) {
		assertThat(Pins.isLabel(label)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Ana ", "Lucía", "a,b", "a\"b", "a;b", "${X}",
			"12345678901234567890123456789012345678901" })
	void isNoLabel(String label) {
		assertThat(Pins.isLabel(label)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "1234, SEQUENCE", "9876543, SEQUENCE", "8901, SEQUENCE", "1111, REPEATED", "777777, REPEATED",
			"121212, REPEATED", "123123, REPEATED", "2580, SHORT", "739, SHORT", "73915,", "802846,", "100200," })
	void warnsOfWhatIsEasyToGuess(String digits, Weakness weakness) {
		assertThat(Pins.weakness(digits)).isEqualTo(weakness);
	}

	@Test
	void doesNotSayItsDigits() {
		assertThat(new NewPin("Ana", "802846").toString()).contains("Ana").doesNotContain("802846");
	}

}
