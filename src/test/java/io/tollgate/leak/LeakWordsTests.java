package io.tollgate.leak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.tollgate.connector.Inspection;
import io.tollgate.proof.Leak;
import io.tollgate.proof.LeakReport;
import io.tollgate.proof.RouteFinding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Codes that are put together at run time have words too; no template names them. */
class LeakWordsTests {

	private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

	LeakWordsTests() {
		this.messages.setBasenames("messages/leak");
		// what is read here first is what the application reads
		this.messages.setDefaultEncoding("UTF-8");
	}

	static Stream<String> codes() {
		return Stream.of(named("reads.", Leak.Kind.values()), named("why.", Leak.Kind.values()),
				named("subjects.", Leak.Kind.values()), named("cause.", Leak.Cause.values()),
				named("gap.", LeakReport.Gap.values()), named("result.", Standing.values()),
				named("hole.", Inspection.Kind.values()), named("finding.", RouteFinding.Kind.values()),
				named("finding.", RouteFinding.Kind.values()).stream().map((code) -> code + ".title").toList(),
				LeakWords.WITH_ANOTHER.stream()
					.flatMap((kind) -> named("finding.", kind).stream())
					.map((code) -> code + ".several")
					.toList(),
				named("count.", Standing.values()))
			.flatMap(List::stream);
	}

	private static List<String> named(String prefix, Enum<?>... values) {
		return Arrays.stream(values)
			.map((value) -> "leak." + prefix + value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("codes")
	void hasWords(String code) {
		assertThatCode(() -> this.messages.getMessage(code, new Object[] { 1, 1, "b", "c" }, Locale.ENGLISH))
			.doesNotThrowAnyException();
	}

}
