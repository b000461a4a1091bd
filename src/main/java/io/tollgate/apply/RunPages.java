package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the pages about applies that were started show. */
@Component
@Transactional(readOnly = true)
class RunPages {

	private static final int PAGE = 25;

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final MessageSource messages;

	RunPages(ApplyRunRepository runs, ApplyTargets targets, MessageSource messages) {
		this.runs = runs;
		this.targets = targets;
		this.messages = messages;
	}

	Optional<RunPage> run(UUID id, Locale locale) {
		return this.runs.findById(id).map((run) -> page(run, this.targets.heads(List.of(id)), locale));
	}

	History history(int page, Locale locale) {
		var found = this.runs.findAllByOrderByStartedAtDesc(PageRequest.of(page, PAGE));
		var targets = this.targets.heads(found.getContent().stream().map(ApplyRun::getId).toList())
			.stream()
			.collect(Collectors.groupingBy(TargetHead::runId));
		return new History(found.getContent()
			.stream()
			.map((run) -> page(run, targets.getOrDefault(run.getId(), List.of()), locale))
			.toList(), page, PAGE, found.getTotalElements());
	}

	private RunPage page(ApplyRun run, List<TargetHead> targets, Locale locale) {
		return new RunPage(run.getId(), run.getActor(), run.getStartedAt(), run.getFinishedAt(), run.getReason(),
				targets.stream().map((target) -> row(target, locale)).toList());
	}

	private Row row(TargetHead target, Locale locale) {
		var outcome = target.outcome();
		String state = (outcome != null) ? "apply.outcome." + code(outcome) : "apply.stage." + code(target.stage());
		return new Row(target.id(), target.pbxId(), target.pbxName(), target.fromGeneration(), target.toGeneration(),
				target.stage(), outcome, this.messages.getMessage(state, null, locale), target.cause(), target.words(),
				target.proved(), target.updatedAt());
	}

	private static String code(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	record History(List<RunPage> runs, int page, int size, long total) {
	}

	record RunPage(UUID id, String actor, Instant startedAt, @Nullable Instant finishedAt, @Nullable String reason,
			List<Row> rows) {

		public boolean running() {
			return this.finishedAt == null;
		}

		/** Steps done of all PBXs. */
		public int done() {
			return this.rows.stream().mapToInt(Row::done).sum();
		}

		public int steps() {
			return this.rows.size() * Row.STEPS;
		}

		public int good() {
			return (int) this.rows.stream().filter(Row::isGood).count();
		}

		public int bad() {
			return (int) this.rows.stream().filter((row) -> row.outcome() != null && !row.isGood()).count();
		}

		/** What changed, each line once. */
		public List<String> words() {
			return this.rows.stream()
				.flatMap((row) -> (row.words() != null) ? row.words().lines() : Stream.empty())
				.distinct()
				.toList();
		}

		public String pbxNames() {
			return this.rows.stream().map(Row::pbxName).collect(Collectors.joining(", "));
		}

	}

	record Row(long id, @Nullable Long pbxId, String pbxName, @Nullable Integer from, @Nullable Integer to,
			Progress stage, @Nullable OutcomeKind outcome, String state, @Nullable String cause, @Nullable String words,
			@Nullable String proved, Instant updatedAt) {

		static final int STEPS = 4;

		/** The steps that a person watches. */
		private static final List<Progress> SHOWN = List.of(Progress.WRITING, Progress.VERIFYING, Progress.SWITCHING,
				Progress.CONFIRMING);

		public boolean isGood() {
			return this.outcome == OutcomeKind.APPLIED || this.outcome == OutcomeKind.NO_CHANGE;
		}

		/** {@code open}, {@code stop}, {@code wait} or {@code accent}. */
		public String tone() {
			if (this.outcome == null) {
				return isHeld() ? "wait" : "accent";
			}
			return switch (this.outcome) {
				case APPLIED, NO_CHANGE -> "open";
				case SUPERSEDED, CANCELLED -> "wait";
				default -> "stop";
			};
		}

		public String icon() {
			if (this.outcome == null) {
				return (this.stage == Progress.WAITING) ? "unplug" : "loader-circle";
			}
			return switch (this.outcome) {
				case APPLIED, NO_CHANGE -> "circle-check";
				default -> "circle-alert";
			};
		}

		/** Whether it waits for its PBX, or for what the PBX decides. */
		boolean isHeld() {
			return this.stage == Progress.WAITING || this.stage == Progress.UNSETTLED;
		}

		int done() {
			return (this.outcome != null) ? STEPS : Math.max(0, SHOWN.indexOf(this.stage));
		}

		/** Each step with its class: done, now, failed, back or nothing yet. */
		public List<Step> pipeline() {
			int at = SHOWN.indexOf(this.stage);
			return SHOWN.stream().map((step) -> {
				int place = SHOWN.indexOf(step);
				if (isGood() || place < at) {
					return new Step(step, "is-done");
				}
				if (place > at) {
					return new Step(step, "");
				}
				return new Step(step, (this.outcome == null) ? "is-now" : "is-failed");
			}).toList();
		}

	}

	record Step(Progress stage, String css) {

		public String code() {
			return this.stage.name().toLowerCase(Locale.ROOT);
		}

	}

}
