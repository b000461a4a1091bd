package io.tollgate.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.tollgate.api.RefusedException;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** The review page's button for scripts, and what they are told when it does nothing. */
@Component
class ScriptedApply {

	/** When somebody has to wait for a check, or for another apply. */
	private static final String RETRY_SECONDS = "3";

	private final Unapplied unapplied;

	private final ApplyRuns runs;

	private final PbxRegistry registry;

	private final Upkeeps upkeeps;

	private final DangerWords dangerWords;

	private final MessageSource messages;

	ScriptedApply(Unapplied unapplied, ApplyRuns runs, PbxRegistry registry, Upkeeps upkeeps, DangerWords dangerWords,
			MessageSource messages) {
		this.unapplied = unapplied;
		this.runs = runs;
		this.registry = registry;
		this.upkeeps = upkeeps;
		this.dangerWords = dangerWords;
		this.messages = messages;
	}

	/**
	 * Starts what was reviewed.
	 * @param kept told what has become of it, in the transaction that does it
	 */
	ApplyApi.Begun start(Wanted wanted, Consumer<StartResult> kept) {
		var seen = seen(wanted);
		var rollout = ((wanted.rollout() != null) ? wanted.rollout().form() : RolloutForm.UNTOUCHED).toRollout()
			.orElseThrow(() -> refused("/rollout", "apply.refused.rollout"));
		if (!rollout.hasFirst(seen.keySet(), this.upkeeps.groupNames())) {
			throw refused("/rollout/first", "apply.refused.first");
		}
		return begun(
				this.runs.start(seen, reason(wanted.reason()), confirmation(wanted.confirmation()), rollout, kept));
	}

	/** By PBX, what the script says it has seen. */
	private Map<Long, String> seen(Wanted wanted) {
		if ((wanted.pbxs() == null) == (wanted.review() == null)) {
			throw refused("", "apply.api.which");
		}
		if (wanted.pbxs() == null) {
			var reviews = this.unapplied.reviews(this.unapplied.waiting());
			if (reviews.isEmpty()) {
				throw refused("/review", "apply.refused.nothing");
			}
			if (!Unapplied.review(reviews).equals(wanted.review())) {
				throw problem(HttpStatus.PRECONDITION_FAILED, "apply.refused.block");
			}
			return reviews;
		}
		var seen = new LinkedHashMap<Long, String>();
		wanted.pbxs().forEach((pbx) -> seen.put(pbx.pbx(), pbx.review()));
		if (seen.isEmpty()) {
			throw refused("/pbxs", "apply.refused.none");
		}
		if (this.registry.find(seen.keySet()).size() != seen.size()) {
			throw new NotThereException();
		}
		return seen;
	}

	static @Nullable String reason(@Nullable String reason) {
		return (reason == null || reason.isBlank()) ? null : reason.strip();
	}

	static Confirmation confirmation(@Nullable String confirmation) {
		return (confirmation != null) ? new Confirmation(confirmation, Locale.ENGLISH) : Confirmation.NONE;
	}

	/** Says why nothing began, as the page does. */
	private ApplyApi.Begun begun(StartResult result) {
		return switch (result) {
			case StartResult.Started _, StartResult.Asked _ -> ApplyApi.Begun.of(result);
			case StartResult.Busy busy -> throw later("apply.refused.busy", busy.pbxNames());
			case StartResult.BeingChecked checked -> throw later("apply.refused.checking", checked.pbxNames());
			case StartResult.ChangedMeanwhile changed ->
				throw problem(HttpStatus.PRECONDITION_FAILED, "apply.refused.changed", changed.pbxNames());
			case StartResult.NothingToDo _ -> throw refused("", "apply.refused.nothing");
			case StartResult.ReasonNeeded _ -> throw refused("/reason", "apply.refused.reason-needed");
			case StartResult.Unconfirmed(var pbxs, var administrator) -> throw administrator
					? refused("/confirmation", "apply.api.unconfirmed", String.join(", ", pbxs),
							this.dangerWords.wanted(pbxs, Locale.ENGLISH))
					: refused("/confirmation", "apply.refused.administrator", String.join(", ", pbxs));
		};
	}

	/** The same of a way back. */
	ApplyApi.Begun restored(StartResult result) {
		return switch (result) {
			case StartResult.ChangedMeanwhile changed ->
				throw problem(HttpStatus.PRECONDITION_FAILED, "generation.refused.changed", changed.pbxNames());
			case StartResult.NothingToDo _ -> throw refused("", "generation.refused.nothing");
			case StartResult other -> begun(other);
		};
	}

	/** The same of what is brought back. */
	ApplyApi.Begun repaired(StartResult result) {
		return switch (result) {
			case StartResult.Started _ -> begun(result);
			case StartResult.Busy busy -> throw later("apply.drift.busy", busy.pbxNames());
			default -> throw otherDrift();
		};
	}

	/** What was decided about is not what is there by now. */
	ErrorResponseException otherDrift() {
		return problem(HttpStatus.PRECONDITION_FAILED, "apply.drift.changed");
	}

	/** For whoever wants a wave to begin. */
	void requireWave(boolean there) {
		if (!there) {
			throw refused("/wave", "apply.no-wave");
		}
	}

	private RefusedException refused(String path, String code, String... arguments) {
		return new RefusedException(path, text(code, arguments));
	}

	private ErrorResponseException later(String code, List<String> pbxNames) {
		var problem = problem(HttpStatus.CONFLICT, code, pbxNames);
		problem.getHeaders().set("Retry-After", RETRY_SECONDS);
		return problem;
	}

	private ErrorResponseException problem(HttpStatus status, String code, List<String> pbxNames) {
		return problem(status, code, String.join(", ", pbxNames));
	}

	private ErrorResponseException problem(HttpStatus status, String code, String... arguments) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, text(code, arguments)),
				null);
	}

	private String text(String code, String... arguments) {
		return this.messages.getMessage(code, arguments, Locale.ENGLISH);
	}

	/**
	 * What to apply.
	 *
	 * @param pbxs these, each as it was reviewed
	 * @param review instead of these: all, as they were reviewed
	 * @param reason for the audit log; needed where a second person has to agree
	 * @param confirmation what an administrator sends when dangers are meant
	 * @param rollout in what order; all at once without
	 */
	record Wanted(@Nullable @Size(max = 10_000) List<@NotNull @Valid Target> pbxs,
			@Nullable @Size(max = 64) String review, @Nullable @Size(max = 500) String reason,
			@Nullable @Size(max = 200) String confirmation, @Nullable @Valid Order rollout) {
	}

	/**
	 * A PBX to apply to.
	 *
	 * @param review what was said of it when it was looked at
	 */
	record Target(@NotNull Long pbx, @NotNull @Size(max = 200) String review) {
	}

	/**
	 * In what order.
	 *
	 * @param first {@code all}, {@code one}, {@code tenth}, {@code steps},
	 * {@code group:<name>} or {@code pbx:<id>}
	 * @param pauseMinutes how long it rests after each wave
	 * @param mostFailures percent of the PBXs begun with that may fail
	 * @param inWindows whether each PBX waits for its maintenance window
	 */
	record Order(@Nullable @Size(max = 100) String first, @Nullable @Min(0) @Max(10_080) Integer pauseMinutes,
			@Nullable @Min(0) @Max(100) Integer mostFailures, @Nullable Boolean inWindows) {

		private RolloutForm form() {
			return new RolloutForm((this.first != null) ? this.first : RolloutForm.UNTOUCHED.first(),
					(this.pauseMinutes != null) ? this.pauseMinutes.toString() : RolloutForm.UNTOUCHED.pause(),
					(this.mostFailures != null) ? this.mostFailures.toString() : RolloutForm.UNTOUCHED.failures(),
					this.inWindows);
		}

	}

}
