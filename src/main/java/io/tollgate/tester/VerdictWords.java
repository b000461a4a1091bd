package io.tollgate.tester;

import java.util.List;
import java.util.Locale;

import io.tollgate.apply.ChangeWords;
import io.tollgate.decision.Call;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Step;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says a verdict and its steps in words. */
@Component
public class VerdictWords {

	private final MessageSource messages;

	private final ChangeWords words;

	VerdictWords(MessageSource messages, ChangeWords words) {
		this.messages = messages;
		this.words = words;
	}

	/** All that there is to say about a call. */
	public Judged judged(Verdict verdict, Call call, Locale locale) {
		var last = verdict.steps()
			.stream()
			.filter((step) -> step.outcome() != Step.Outcome.NOT_REACHED)
			.reduce((first, second) -> second)
			.orElseThrow();
		boolean asks = last.rule() == Step.Rule.PIN && last.outcome() == Step.Outcome.PASS && !last.detail().isEmpty();
		String code = "tester.verdict."
				+ (asks ? "asks" : verdict.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		String title = this.messages.getMessage(code,
				new Object[] { call.dialled(), call.endpoint(), country(verdict, locale), verdict.sent() }, locale);
		return new Judged(verdict.allowed(), title, text(last, locale),
				verdict.steps().stream().map((step) -> line(step, locale)).toList());
	}

	private String country(Verdict verdict, Locale locale) {
		return (verdict.callingCode() != null) ? this.words.code(verdict.callingCode(), locale)
				: this.messages.getMessage("tester.no-country", null, locale);
	}

	private Judged.StepLine line(Step step, Locale locale) {
		String rule = step.rule().name().toLowerCase(Locale.ROOT);
		String title = this.messages.getMessage("tester.rule." + rule, null, locale);
		return switch (step.outcome()) {
			case PASS -> new Judged.StepLine("pass", "check", title, text(step, locale));
			case STOP -> new Judged.StepLine("stop", "x", title, text(step, locale));
			case NOT_REACHED -> new Judged.StepLine("skip", "minus", title,
					this.messages.getMessage("tester.not-reached", null, locale));
		};
	}

	private String text(Step step, Locale locale) {
		String code = "tester.step." + step.rule().name().toLowerCase(Locale.ROOT) + "."
				+ (step.detail().isEmpty() ? step.outcome().name().toLowerCase(Locale.ROOT) : step.detail());
		return this.messages.getMessage(code, arguments(step, locale).toArray(), locale);
	}

	private List<String> arguments(Step step, Locale locale) {
		boolean namesCode = step.rule() == Step.Rule.COUNTRY && step.arguments().size() == 2;
		return namesCode ? List.of(this.words.code(step.arguments().getFirst(), locale), step.arguments().getLast())
				: step.arguments();
	}

}
