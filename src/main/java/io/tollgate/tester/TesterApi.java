package io.tollgate.tester;

import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.RefusedException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The dial tester for scripts. Asking changes nothing. */
@RestController
class TesterApi {

	private final DialTester tester;

	TesterApi(DialTester tester) {
		this.tester = tester;
	}

	@PostMapping("/api/v1/dial-tests")
	@PreAuthorize("hasAuthority('SCOPE_dial-test')")
	@Operation(summary = "What would happen to a call")
	Result test(@Valid @RequestBody Asked asked, Locale locale) {
		return switch (this.tester.answer(asked.question(), locale)) {
			case Answer.Told told -> Result.of(told);
			case Answer.Unclear unclear -> throw unclear(unclear);
			// neither is asked for here
			case Answer.Nothing _, Answer.Who _ -> throw new IllegalStateException("no answer to a question");
		};
	}

	/** It could not be answered: which field to look at, and PBXs to choose from. */
	private static RefusedException unclear(Answer.Unclear unclear) {
		var choices = unclear.choices();
		var refused = new RefusedException(choices.isEmpty() ? "/" + unclear.field() : "/pbx", unclear.text());
		if (!choices.isEmpty()) {
			refused.getBody().setProperty("pbxs", choices);
		}
		return refused;
	}

	/**
	 * A question.
	 *
	 * @param pbx the id of the PBX; only needed for an extension that several have
	 * @param when local date and time, {@code 2026-11-24T10:42}; not given for now
	 */
	record Asked(@Nullable Long pbx, @NotBlank @Size(max = 40) String extension,
			@NotBlank @Size(max = 100) String number, @Nullable String when) {

		Question question() {
			return new Question(this.pbx, this.extension, this.number, this.when, "live", null);
		}

	}

	/**
	 * What would happen to the call.
	 *
	 * @param live under the rules that the PBX runs, {@code null} when nothing was ever
	 * applied there
	 * @param draft under the rules that it would run after an apply
	 * @param generation what the PBX runs, {@code null} for nothing
	 * @param hints what is odd about the number
	 */
	record Result(String extension, String pbx, String policy, @Nullable Outcome live, Outcome draft,
			@Nullable Integer generation, int pendingChanges, List<String> hints) {

		static Result of(Answer.Told told) {
			var live = told.live();
			return new Result(told.extension(), told.pbx(), told.policy(), (live != null) ? Outcome.of(live) : null,
					Outcome.of(told.draft()), told.generation(), told.pending(), told.hints());
		}

	}

	/**
	 * A verdict.
	 *
	 * @param verdict in words
	 * @param why what decided
	 * @param steps every rule asked, in order
	 */
	record Outcome(boolean allowed, String verdict, String why, List<Step> steps) {

		static Outcome of(Judged judged) {
			return new Outcome(judged.allowed(), judged.title(), judged.why(),
					judged.steps().stream().map((step) -> new Step(step.title(), step.css(), step.text())).toList());
		}

	}

	/**
	 * One rule.
	 *
	 * @param outcome {@code pass}, {@code stop} or {@code skip}
	 * @param text what it said
	 */
	record Step(String rule, String outcome, String text) {
	}

}
