package io.tollgate.account;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordRulesTests {

	private static final List<String> KNOWN = List.of("lucia.ortega@altiplano.example", "Lucía Ortega");

	private final PasswordRules rules = new PasswordRules();

	/** From stolen lists, rows of keys, repetition, and who it is. */
	@ParameterizedTest
	@ValueSource(strings = { "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6u7i8", "123456789987654321", "passwordpassword",
			"aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfgh", "Passw0rd12345678", "12345678901234567890",
			"lucia.ortegalucia.ortega", "lucia.ortega2026", "iloveyouiloveyou" })
	void refusesWhatIsGuessedSoon(String password) {
		assertThat(code(password)).isEqualTo("account.password.common");
	}

	/** No kind of character is asked for or refused. */
	@ParameterizedTest
	@ValueSource(strings = { "correct horse battery staple", "siete faroles bajo el agua", "vkzqpjwhxmbtyrd",
			"\u5c71\u5ddd\u9759\u304b\u306b\u6708\u3092\u6620\u3059\u6c34\u9762\u3068\u98a8\u306e\u97f3",
			"  leading and trailing  " })
	void takesLongOnes(String password) {
		assertThat(this.rules.refusal(password, KNOWN)).isNull();
	}

	@Test
	void countsCharactersAsPeopleDo() {
		assertThat(code("vkzqpjwhxmbtyr")).isEqualTo("account.password.short");
		// an accent that is typed by itself is no character
		assertThat(code("vkzqpjwhxmbtye\u0301")).isEqualTo("account.password.short");
		assertThat(code("vkzqpjwhxmbtyre\u0301")).isNull();
		assertThat(code("\ud83d\ude80".repeat(14))).isEqualTo("account.password.short");
		assertThat(code("x7#".repeat(43))).isEqualTo("account.password.long");
		assertThat(code("vkzq pjwh xmbt yrds ".repeat(6) + "abcdefgh")).isNull();
	}

	private String code(String password) {
		var refusal = this.rules.refusal(password, KNOWN);
		return (refusal != null) ? refusal.code() : null;
	}

}
