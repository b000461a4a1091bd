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
		return Stream.of(named("route.insight.", RuleWarning.CODES),
				named("route.insight.", List.of("shadow.here", "shadow.route", "offer")),
				named("route.csv.refused.", PatternCsv.Refused.CODES), named("route.csv.bad.", PatternCsv.BadRow.CODES),
				named("route.csv.assumed.", PatternCsv.Assumption.CODES),
				named("route.preset.", PatternPresets.Preset.CODES))
			.flatMap(List::stream);
	}

	private static List<String> named(String prefix, List<String> codes) {
		return codes.stream().map(prefix::concat).toList();
	}

	@ParameterizedTest
	@MethodSource("codes")
	void hasWords(String code) {
		assertThat(this.messages.getMessage(code, new Object[] { "a", "b", "c", "4" }, Locale.ENGLISH))
			.doesNotContain("{");
	}

}
