package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListOrder;
import io.tollgate.listing.ListPage;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.listing.SearchText;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the pages about applies that were started show. */
@Component
@Transactional(readOnly = true)
class RunPages {

	private static final int PAGE = 25;

	private static final int ROWS = 50;

	/** All PBXs of a run. */
	static final String ALL = "all";

	private static final String STARTED = "startedAt";

	private static final ListShape<Past> HISTORY = ListShape.<Past>empty()
		.sorted("started", "apply.history.column.when", true)
		.plain("apply.history.column.what")
		.plain("apply.history.column.pbxs")
		.looking("cell-lo")
		.plain("apply.history.column.result")
		.sorted("by", "apply.history.column.by", false)
		.looking("cell-lo")
		.pages(ROWS);

	/** Its usual order is that of the waves. */
	private static final ListShape<Row> RUN = ListShape.<Row>empty()
		.sorted("wave", "apply.run.order.wave", false)
		.sorted("name", "apply.run.order.name", false)
		.sorted("changed", "apply.run.order.changed", true)
		.pages(ROWS);

	/** So many kinds of difference are listed. */
	private static final int WORDS = 20;

	/** So many PBXs are named in the history. */
	private static final int NAMED = 3;

	/** Nobody foretells an end from fewer. */
	private static final int ENOUGH = 5;

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final VisiblePbxs visible;

	private final MessageSource messages;

	private final Clock clock;

	RunPages(ApplyRunRepository runs, ApplyTargets targets, VisiblePbxs visible, MessageSource messages, Clock clock) {
		this.runs = runs;
		this.targets = targets;
		this.visible = visible;
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * One run.
	 * @param show which of its PBXs: {@code all}, {@code working}, {@code waiting},
	 * {@code failed} or {@code done}
	 * @param query which of these, by their name
	 */
	Optional<RunPage> run(UUID id, String show, ListQuery query, Locale locale) {
		var seen = Seen.by(this.visible);
		return this.runs.findById(id)
			.map((run) -> page(run, seen, show, query, locale))
			.filter((found) -> seen.every() || found.totals().all() > 0);
	}

	/**
	 * What has become of a run.
	 * @param time of nothing before that
	 * @return its PBXs that something became of, the oldest change first; empty when the
	 * reader does not see the run
	 */
	Optional<News> since(UUID id, Instant time, Locale locale) {
		var seen = Seen.by(this.visible);
		// the run before its PBXs: when it is at its end, so are all of these
		return this.runs.findById(id)
			.map((run) -> new News(
					this.targets.since(id, time, seen.every(), seen.pbxIds())
						.stream()
						.map((target) -> row(target, locale))
						.toList(),
					run.getFinishedAt(), Totals.of(run, this.targets.counts(List.of(id), seen.every(), seen.pbxIds()))))
			.filter((found) -> seen.every() || found.totals().all() > 0);
	}

	private RunPage page(ApplyRun run, Seen seen, String show, ListQuery query, Locale locale) {
		var totals = Totals.of(run, this.targets.counts(List.of(run.getId()), seen.every(), seen.pbxIds()));
		boolean whole = seen.every() || this.targets.beyond(List.of(run.getId()), seen.pbxIds()).isEmpty();
		var words = this.targets.words(run.getId(), seen.every(), seen.pbxIds(), PageRequest.of(0, WORDS))
			.stream()
			.flatMap(String::lines)
			.distinct()
			.limit(WORDS)
			.toList();
		return new RunPage(run.getId(), code(run.getKind()), run.getActor(), run.getStartedAt(), run.getFinishedAt(),
				whole ? run.getReason() : null, run.getApprovedBy(), totals, whole ? staging(run) : null,
				remaining(run, totals, locale), words, show, list(run, seen, show, query, totals.all(), locale), whole);
	}

	private ListPage<Row> list(ApplyRun run, Seen seen, String show, ListQuery query, long all, Locale locale) {
		var order = RUN.order(query);
		var found = heads(run, seen, show, query, order, order.place());
		if (found.getContent().isEmpty() && found.getTotalElements() > 0) {
			found = heads(run, seen, show, query, order, order.within(found.getTotalElements()));
		}
		return RUN.page(ListAddress.of("/applies/" + run.getId()).with("show", show.equals(ALL) ? "" : show), query,
				found.getContent().stream().map((target) -> row(target, locale)).toList(), found.getTotalElements(),
				all);
	}

	private Page<TargetHead> heads(ApplyRun run, Seen seen, String show, ListQuery query, ListOrder order, int place) {
		var columns = switch (order.column()) {
			case "name" -> List.of("pbxName");
			case "changed" -> List.of("updatedAt", "pbxName");
			default -> List.of("wave", "pbxName");
		};
		var direction = order.descending() ? Sort.Direction.DESC : Sort.Direction.ASC;
		var sort = Sort.by(direction, columns.toArray(String[]::new)).and(Sort.by("id"));
		return this.targets.heads(run.getId(), show, SearchText.like(query.text()), seen.every(), seen.pbxIds(),
				PageRequest.of(place, order.size(), sort));
	}

	private @Nullable Staging staging(ApplyRun run) {
		if (run.getWaves() == 1 && run.getStoppedAt() == null) {
			return null;
		}
		var ended = run.getWaveEndedAt();
		var next = (ended != null && run.isStaged()) ? ended.plusSeconds(run.getPauseSeconds()) : null;
		return new Staging(run.getWave() + 1, run.getWaves(), run.isStaged() && run.getFinishedAt() == null, next,
				run.getStopCause());
	}

	/** As fast as it went so far. */
	private @Nullable String remaining(ApplyRun run, Totals totals, Locale locale) {
		long ended = totals.good() + totals.bad();
		long left = totals.working() + totals.queued();
		var since = Duration.between(run.getStartedAt(), Instant.now(this.clock));
		if (run.getFinishedAt() != null || run.getWaves() > 1 || ended < ENOUGH || left == 0) {
			return null;
		}
		long seconds = Math.max(1, since.toSeconds() * left / ended);
		return (seconds < 90) ? this.messages.getMessage("apply.run.left.seconds", new Object[] { seconds }, locale)
				: this.messages.getMessage("apply.run.left.minutes", new Object[] { (seconds + 59) / 60 }, locale);
	}

	/** The newest first. */
	History history(int page, Locale locale) {
		var seen = Seen.by(this.visible);
		var found = all(seen, PageRequest.of(page, PAGE, Sort.by(Sort.Order.desc(STARTED), Sort.Order.desc("id"))));
		return new History(told(found.getContent(), seen, locale), page, PAGE, found.getTotalElements());
	}

	/**
	 * Those that are asked for.
	 * @param show {@code running}, {@code failed} or empty for all
	 */
	ListPage<Past> history(ListQuery query, String show, Locale locale) {
		var order = HISTORY.order(query);
		var seen = Seen.by(this.visible);
		var found = found(seen, query, show, order, order.place());
		if (found.getContent().isEmpty() && found.getTotalElements() > 0) {
			found = found(seen, query, show, order, order.within(found.getTotalElements()));
		}
		long all = (found.getTotalElements() > 0) ? found.getTotalElements()
				: all(seen, PageRequest.of(0, 1)).getTotalElements();
		return HISTORY.page(ListAddress.of("/applies").with("show", show), query,
				told(found.getContent(), seen, locale), found.getTotalElements(), all);
	}

	private Page<ApplyRun> found(Seen seen, ListQuery query, String show, ListOrder order, int place) {
		var direction = order.descending() ? Sort.Direction.DESC : Sort.Direction.ASC;
		var column = order.column().equals("by") ? "actor" : STARTED;
		var page = PageRequest.of(place, order.size(),
				Sort.by(direction, column).and(Sort.by(Sort.Order.desc(STARTED), Sort.Order.desc("id"))));
		if (query.text().isEmpty() && show.isEmpty()) {
			return all(seen, page);
		}
		return this.runs.found(seen.every(), seen.pbxIds(), SearchText.like(query.text()), show.equals("running"),
				show.equals("failed"), page);
	}

	private Page<ApplyRun> all(Seen seen, PageRequest page) {
		return seen.every() ? this.runs.findAll(page) : this.runs.about(seen.pbxIds(), page);
	}

	private List<Past> told(List<ApplyRun> found, Seen seen, Locale locale) {
		var ids = found.stream().map(ApplyRun::getId).toList();
		var counts = this.targets.counts(ids, seen.every(), seen.pbxIds())
			.stream()
			.collect(Collectors.groupingBy(TargetCount::runId));
		var firsts = this.targets.firsts(ids, NAMED, seen.every(), seen.pbxIds())
			.stream()
			.collect(Collectors.groupingBy(TargetHead::runId));
		return found.stream()
			.map((run) -> past(run, Totals.of(run, counts.getOrDefault(run.getId(), List.of())),
					firsts.getOrDefault(run.getId(), List.of()), locale))
			.toList();
	}

	private Past past(ApplyRun run, Totals totals, List<TargetHead> firsts, Locale locale) {
		var names = firsts.stream().map(TargetHead::pbxName).collect(Collectors.joining(", "));
		long more = totals.all() - firsts.size();
		var words = firsts.stream()
			.flatMap((target) -> (target.words() != null) ? target.words().lines() : java.util.stream.Stream.empty())
			.distinct()
			.toList();
		return new Past(run.getId(), code(run.getKind()), run.getActor(), run.getStartedAt(),
				run.getFinishedAt() == null, totals, (more > 0)
						? this.messages.getMessage("apply.history.pbxs", new Object[] { names, more }, locale) : names,
				words);
	}

	private Row row(TargetHead target, Locale locale) {
		var outcome = target.outcome();
		String state = (outcome != null) ? "apply.outcome." + code(outcome) : "apply.stage." + code(target.stage());
		return new Row(target.id(), target.pbxId(), target.pbxName(), target.fromGeneration(), target.toGeneration(),
				target.stage(), outcome, this.messages.getMessage(state, null, locale), target.cause(), target.proved(),
				target.updatedAt());
	}

	private static String code(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	record History(List<Past> runs, int page, int size, long total) {
	}

	/**
	 * What the reader sees of a run.
	 *
	 * @param every all of its PBXs
	 * @param pbxIds these otherwise; at least one
	 */
	record Seen(boolean every, Collection<Long> pbxIds) {

		static Seen by(VisiblePbxs visible) {
			return new Seen(!visible.limited(), visible.idsOrNone());
		}

	}

	/**
	 * What has become of a run.
	 *
	 * @param finishedAt {@code null} as long as it goes on
	 */
	record News(List<Row> rows, @Nullable Instant finishedAt, Totals totals) {
	}

	/**
	 * A run in the list of all.
	 *
	 * @param pbxNames some of its PBXs, in words
	 * @param words what became different on these
	 */
	record Past(UUID id, String kind, String actor, Instant startedAt, boolean running, Totals totals, String pbxNames,
			List<String> words) {
	}

	/**
	 * How many PBXs of a run stand how.
	 *
	 * @param good run what was wanted
	 * @param bad refused it or were switched back
	 * @param waiting do not answer
	 * @param window wait for their maintenance window
	 * @param working are worked on
	 * @param queued are about to be
	 * @param later belong to a wave that has not begun
	 * @param dropped never get it: something newer came, or the run was stopped
	 */
	record Totals(long all, long good, long bad, long waiting, long window, long working, long queued, long later,
			long dropped) {

		static Totals of(ApplyRun run, List<TargetCount> counts) {
			return new Totals(sum(counts, (count) -> true), sum(counts, TargetCount::isGood),
					sum(counts, TargetCount::isFailed), sum(counts, TargetCount::isWaiting),
					sum(counts, (count) -> count.isOpen() && count.stage() == Progress.WINDOW),
					sum(counts, (count) -> count.isOpen() && count.stage().isBegun()),
					sum(counts, (count) -> isQueued(count) && count.wave() <= run.getWave()),
					sum(counts, (count) -> isQueued(count) && count.wave() > run.getWave()),
					sum(counts, (count) -> !count.isOpen() && !count.isGood() && !count.isFailed()));
		}

		private static boolean isQueued(TargetCount count) {
			return count.isOpen() && count.stage() == Progress.QUEUED;
		}

		private static long sum(List<TargetCount> counts, Predicate<TargetCount> which) {
			return counts.stream().filter(which).mapToLong(TargetCount::count).sum();
		}

		public long ended() {
			return this.good + this.bad + this.dropped;
		}

		/** Whether somebody is at work, so that a page should look often. */
		public boolean lively() {
			return this.working + this.queued > 0;
		}

		/** The numbers that are not 0, by the code of their words. */
		public Map<String, Long> parts() {
			var parts = new java.util.LinkedHashMap<String, Long>();
			parts.put("good", this.good);
			parts.put("bad", this.bad);
			parts.put("working", this.working);
			parts.put("queued", this.queued);
			parts.put("waiting", this.waiting);
			parts.put("window", this.window);
			parts.put("later", this.later);
			parts.put("dropped", this.dropped);
			parts.values().removeIf((count) -> count == 0);
			return parts;
		}

	}

	/**
	 * How far a run in waves has come.
	 *
	 * @param wave the wave that has begun last, from 1
	 * @param waves how many there are
	 * @param more whether another one is to come
	 * @param next when that begins, {@code null} while this one is not at its end
	 * @param stopped why it was stopped, {@code null} when it was not
	 */
	record Staging(int wave, int waves, boolean more, @Nullable Instant next, @Nullable String stopped) {
	}

	/**
	 * The page of a run.
	 *
	 * @param kind code of why it was started
	 * @param approvedBy the second person who agreed, {@code null} where none had to
	 * @param remaining how long it will take, in words; {@code null} when nobody knows
	 * @param words what changes, each line once
	 * @param show which PBXs are shown
	 * @param list those of them that are searched
	 * @param whole whether the reader sees all of its PBXs; else what was said of all of
	 * them is left out, and nothing can be decided about them
	 */
	record RunPage(UUID id, String kind, String actor, Instant startedAt, @Nullable Instant finishedAt,
			@Nullable String reason, @Nullable String approvedBy, Totals totals, @Nullable Staging staging,
			@Nullable String remaining, List<String> words, String show, ListPage<Row> list, boolean whole) {

		/** Those of this page. */
		public List<Row> rows() {
			return this.list.rows();
		}

		public boolean running() {
			return this.finishedAt == null;
		}

		/** How often a page that is open asks again. */
		public String every() {
			if (!this.totals.lively()) {
				return "every 5s";
			}
			return (this.totals.all() > ROWS) ? "every 2s" : "every 700ms";
		}

		/** Where it asks. */
		public String progress() {
			return this.list.here().replaceFirst("^[^?]*", "$0/progress");
		}

	}

	record Row(long id, @Nullable Long pbxId, String pbxName, @Nullable Integer from, @Nullable Integer to,
			Progress stage, @Nullable OutcomeKind outcome, String state, @Nullable String cause,
			@Nullable String proved, Instant updatedAt) {

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
				case REFUSED, ROLLED_BACK -> "stop";
			};
		}

		public String icon() {
			if (this.outcome == null) {
				return switch (this.stage) {
					case WAITING -> "unplug";
					case WINDOW, QUEUED -> "clock";
					default -> "loader-circle";
				};
			}
			return isGood() ? "circle-check" : "circle-alert";
		}

		/** Whether it waits for its PBX, for its window or for what the PBX decides. */
		boolean isHeld() {
			return this.stage == Progress.WAITING || this.stage == Progress.WINDOW || this.stage == Progress.UNSETTLED;
		}

		/** Each step with its class: done, now, failed or nothing yet. */
		public List<Step> pipeline() {
			int at = SHOWN.indexOf((this.stage == Progress.UNSETTLED) ? Progress.CONFIRMING : this.stage);
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
