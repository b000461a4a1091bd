package io.tollgate.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.tollgate.connector.DriftWords;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;

/** What the pages about the generations of one PBX show. */
@Component
class GenerationPages {

	private static final int PAGE = 10;

	private static final int MOST_ALARMS = 20;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final ApplyTargets targets;

	private final Generations generations;

	private final Snapshots snapshots;

	private final PendingChanges pending;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final DifferenceWords differenceWords;

	private final DriftWords driftWords;

	private final MessageSource messages;

	GenerationPages(PbxRegistry registry, VisiblePbxs visible, ApplyTargets targets, Generations generations,
			Snapshots snapshots, PendingChanges pending, ChangeWords words, DangerWords dangerWords,
			DifferenceWords differenceWords, DriftWords driftWords, MessageSource messages) {
		this.registry = registry;
		this.visible = visible;
		this.targets = targets;
		this.generations = generations;
		this.snapshots = snapshots;
		this.pending = pending;
		this.words = words;
		this.dangerWords = dangerWords;
		this.differenceWords = differenceWords;
		this.driftWords = driftWords;
		this.messages = messages;
	}

	/** Every generation of a PBX, the newest first. */
	@Transactional(readOnly = true)
	public Optional<History> history(long pbxId, int page, Locale locale) {
		return this.registry.find(pbxId).map((pbx) -> history(pbx, page, locale));
	}

	private History history(Pbx pbx, int page, Locale locale) {
		var found = this.generations.heads(pbx.id(), PageRequest.of(page, PAGE));
		var heads = told(found.getContent());
		var rows = new ArrayList<Row>();
		// two sets of rules are in memory at a time, however many rows there are
		var after = heads.isEmpty() ? null : read(heads.getFirst().id());
		for (int i = 0; i < heads.size(); i++) {
			var head = heads.get(i);
			var older = (i + 1 < heads.size()) ? heads.get(i + 1)
					: this.generations.before(pbx.id(), head.id()).orElse(null);
			var before = (older != null) ? read(older.id()) : null;
			rows.add(row(head, older, before, after, page == 0 && i == 0, locale));
			after = before;
		}
		boolean restored = page == 0 && !heads.isEmpty() && heads.getFirst().kind() == RunKind.ROLLBACK;
		int edits = restored ? this.pending.of(pbx.id()).map((each) -> each.changes().size()).orElse(0) : 0;
		return new History(pbx, rows, edits, page, PAGE, found.getTotalElements());
	}

	/** What was said about a run is for those who see all of its PBXs. */
	private List<GenerationHead> told(List<GenerationHead> heads) {
		if (!this.visible.limited()) {
			return heads;
		}
		var runs = heads.stream().flatMap((head) -> Stream.ofNullable(head.runId())).distinct().toList();
		var beyond = this.targets.beyond(runs, this.visible.idsOrNone());
		return heads.stream().map((head) -> beyond.contains(head.runId()) ? head.withoutReason() : head).toList();
	}

	private Row row(GenerationHead head, @Nullable GenerationHead older, @Nullable Snapshot before,
			@Nullable Snapshot after, boolean running, Locale locale) {
		var lines = new ArrayList<ReviewPage.Line>();
		if (head.stopped() != (older != null && older.stopped())) {
			lines.add(new ReviewPage.Line(head.stopped() ? Change.Effect.CLOSES : Change.Effect.OPENS,
					message(head.stopped() ? "stop.words" : "stop.lift.words", locale), ""));
		}
		if (after == null || before == null && older != null) {
			lines
				.add(new ReviewPage.Line(Change.Effect.NEUTRAL, message("generation.rejected.unreadable", locale), ""));
		}
		else {
			lines.addAll(lines(Changes.between(before, after), locale));
		}
		return new Row(head, running, lines);
	}

	private List<ReviewPage.Line> lines(List<Change> changes, Locale locale) {
		return changes.stream()
			.map((change) -> new ReviewPage.Line(change.effect(), this.words.line(change, locale),
					this.words.detail(change, locale)))
			.toList();
	}

	/** What another version wrote may not be readable; that must not hide the others. */
	private @Nullable Snapshot read(long id) {
		try {
			return this.snapshots.read(this.generations.text(id));
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** The review of what would be restored. */
	RestorePage restore(Restores.Restore restore, Locale locale) {
		var check = restore.check().orElse(null);
		var alarms = (check != null)
				? check.dangers().stream().map((danger) -> this.dangerWords.line(danger, locale)).toList()
				: List.<String>of();
		var means = (check == null) ? List.<ReviewPage.Line>of()
				: this.differenceWords.said(check.difference(), locale)
					.stream()
					.map((said) -> new ReviewPage.Line(said.effect(), said.text(), said.detail()))
					.toList();
		return new RestorePage(restore.pbx(), restore.running(), restore.restored(), restore.possible(),
				lines(restore.changes(), locale),
				restore.problems().stream().map((code) -> message("generation.rejected." + code, locale)).toList(),
				restore.drift().stream().map((drift) -> this.driftWords.line(drift, locale)).toList(), restore.seen(),
				check == null, alarms.stream().limit(MOST_ALARMS).toList(), Math.max(0, alarms.size() - MOST_ALARMS),
				alarms.isEmpty() ? "" : this.dangerWords.wanted(List.of(restore.pbx().name()), locale), means,
				(check != null) ? check.difference().more() : 0, check != null && check.complete());
	}

	private String message(String code, Locale locale) {
		return this.messages.getMessage(code, null, locale);
	}

	/**
	 * The generations.
	 *
	 * @param edits how many edits wait although an older generation was just restored
	 */
	record History(Pbx pbx, List<Row> rows, int edits, int page, int size, long total) {
	}

	/**
	 * One of them.
	 *
	 * @param running whether it is what runs now
	 * @param lines what became different by it
	 */
	record Row(GenerationHead head, boolean running, List<ReviewPage.Line> lines) {

		public Instant at() {
			return this.head.appliedAt();
		}

		public @Nullable UUID run() {
			return this.head.runId();
		}

		/** The end of a message code under {@code generation.kind.}. */
		public String kind() {
			var kind = this.head.kind();
			return (kind != null) ? kind.name().toLowerCase(Locale.ROOT) : "apply";
		}

	}

	/**
	 * The review of a generation to restore.
	 *
	 * @param possible whether it can be restored and would change anything
	 * @param lines what would become different
	 * @param problems why it cannot be restored
	 * @param drift how the PBX differs from what was applied
	 * @param seen what the form sends
	 * @param waiting whether it is still looked at what that means
	 * @param alarms what would be worse
	 * @param more how many alarms more there are
	 * @param wanted what an administrator has to type, empty for nothing
	 * @param means what that means for numbers
	 * @param moreMeans how many lines more there are
	 * @param complete whether all numbers could be looked at
	 */
	record RestorePage(Pbx pbx, GenerationHead running, GenerationHead restored, boolean possible,
			List<ReviewPage.Line> lines, List<String> problems, List<String> drift, String seen, boolean waiting,
			List<String> alarms, int more, String wanted, List<ReviewPage.Line> means, int moreMeans,
			boolean complete) {
	}

}
