package io.tollgate.route;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Codes about rules that are put together at run time have words; no template names them.
 */
class RuleWordsTests {

	private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

	RuleWordsTests() {
		this.messages.setBasenames("messages/insight");
	}

	static Stream<String> codes() {
		return Stream.of(RuleWarning.CODES, List.of("shadow.here", "shadow.route", "offer"))
			.flatMap(List::stream)
			.map("route.insight."::concat);
	}

	@ParameterizedTest
	@MethodSource("codes")
	void hasWords(String code) {
		assertThat(this.messages.getMessage(code, new Object[] { "a", "b", "c", "4" }, Locale.ENGLISH))
			.doesNotContain("{");
	}

}
