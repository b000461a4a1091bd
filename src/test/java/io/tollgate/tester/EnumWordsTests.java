package io.tollgate.tester;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.tollgate.apply.Change;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.decision.Verdict.Step.Rule;
import io.tollgate.keys.Seal;
import io.tollgate.numbering.DialledNumber.Hint;
import io.tollgate.proof.Leak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Codes that are put together at run time have words too; no template names them. */
class EnumWordsTests {

	private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

	EnumWordsTests() {
		this.messages.setBasenames("messages/tester", "messages/apply", "messages/overview", "messages/frame");
		// what is read here first is what the application reads
		this.messages.setDefaultEncoding("UTF-8");
	}

	static Stream<String> codes() {
		return Stream
			.of(named("tester.hint.", (Object[]) Hint.values()), named("tester.verdict.", (Object[]) Reason.values()),
					named("tester.who.", (Object[]) Reason.values()), named("tester.rule.", (Object[]) Rule.values()),
					named("frame.sealed.why.", (Object[]) closed()), named("frame.sealed.do.", (Object[]) closed()),
					named("overview.state.", (Object[]) PbxStatus.State.values()),
					Arrays.stream(Change.Kind.values())
						.flatMap((kind) -> Stream.of("apply.change." + kind.code(),
								"apply.change." + kind.code() + ".brief"))
						.toList(),
					named("apply.danger.leak.", (Object[]) Leak.Kind.values()),
					named("apply.danger.leak.cause.", (Object[]) Leak.Cause.values()),
					named("apply.danger.emergency.", "gone", "unreachable", "unlisted", "swallowed"),
					named("apply.danger.title.", "leak", "emergency", "unknown"),
					named("apply.stage.", "queued", "connecting", "writing", "verifying", "switching", "confirming",
							"waiting", "window", "unsettled"),
					named("apply.outcome.", "applied", "no-change", "refused", "rolled-back", "superseded",
							"cancelled"))
			.flatMap(List::stream);
	}

	private static Seal[] closed() {
		return Arrays.stream(Seal.values()).filter((seal) -> seal != Seal.OPEN).toArray(Seal[]::new);
	}

	private static List<String> named(String prefix, Object... values) {
		return Arrays.stream(values)
			.map((value) -> prefix + value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("codes")
	void hasWords(String code) {
		assertThatCode(() -> this.messages.getMessage(code, new Object[] { "a", 1, "b", "c" }, Locale.ENGLISH))
			.doesNotThrowAnyException();
	}

}
