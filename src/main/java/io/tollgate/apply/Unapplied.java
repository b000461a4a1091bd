package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.connector.Drift;
import io.tollgate.connector.DriftWords;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What waits for an apply, as scripts read and send it: the review page, PBX by PBX, in
 * English.
 */
@Component
class Unapplied {

	private final PendingChanges pending;

	private final DraftChecks checks;

	private final ApplyRuns runs;

	private final Observations observations;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final DifferenceWords differenceWords;

	private final DriftWords driftWords;

	private final MessageSource messages;

	Unapplied(PendingChanges pending, DraftChecks checks, ApplyRuns runs, Observations observations, ChangeWords words,
			DangerWords dangerWords, DifferenceWords differenceWords, DriftWords driftWords, MessageSource messages) {
		this.pending = pending;
		this.checks = checks;
		this.runs = runs;
		this.observations = observations;
		this.words = words;
		this.dangerWords = dangerWords;
		this.differenceWords = differenceWords;
		this.driftWords = driftWords;
		this.messages = messages;
	}

	/** All PBXs that whoever asks sees and that have something, by their ids. */
	List<PbxPending> waiting() {
		return this.pending.all()
			.stream()
			.filter((pbx) -> !pbx.changes().isEmpty() || !pbx.problems().isEmpty())
			.sorted(Comparator.comparingLong(PbxPending::pbxId))
			.toList();
	}

	/** By PBX, what an apply of all of them sends as reviewed. */
	Map<Long, String> reviews(List<PbxPending> waiting) {
		var drifted = this.observations.all();
		var reviews = new LinkedHashMap<Long, String>();
		waiting.stream()
			.filter(PbxPending::applicable)
			.forEach((pbx) -> reviews.put(pbx.pbxId(), review(pbx, drifted.get(pbx.pbxId()))));
		return reviews;
	}

	/** One text that differs when any of these does. */
	static String review(Map<Long, String> reviews) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(reviews.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static String review(PbxPending pbx, Observations.@Nullable Seen seen) {
		return new Reviewed(pbx.checksum(), (seen != null) ? seen.driftChecksum() : "").toString();
	}

	/**
	 * Says some of them. Outside of any transaction, for it waits.
	 * @param patience how long it waits for a check
	 */
	List<Item> items(Collection<PbxPending> pbxs, Duration patience) {
		var found = this.checks.within(patience, pbxs.stream().filter(PbxPending::applicable).toList());
		var drifted = this.observations.all();
		return pbxs.stream().map((pbx) -> item(pbx, drifted.get(pbx.pbxId()), found.get(pbx.pbxId()))).toList();
	}

	private Item item(PbxPending pbx, Observations.@Nullable Seen seen, @Nullable DraftCheck check) {
		boolean drifted = seen != null && !seen.driftChecksum().isEmpty();
		return new Item(pbx.pbxId(), pbx.pbxName(), pbx.generation(), pbx.applicable() ? review(pbx, seen) : null,
				pbx.changes().stream().map(this::change).toList(), words("apply.rejected.", pbx.problems()),
				words("apply.warning.", pbx.warnings()), drifted ? overwritten(pbx.pbxId()) : List.of(),
				(check != null) ? check(pbx, check) : null);
	}

	private ChangeItem change(Change change) {
		return new ChangeItem(code(change.effect()), change.kind().code(), change.subject(), change.count(),
				change.items(), this.words.line(change, Locale.ENGLISH), this.words.detail(change, Locale.ENGLISH));
	}

	private List<String> words(String prefix, List<String> codes) {
		return codes.stream().map((code) -> this.messages.getMessage(prefix + code, null, Locale.ENGLISH)).toList();
	}

	/** What hands changed there. */
	private List<String> overwritten(long pbxId) {
		return this.observations.drifts(pbxId)
			.stream()
			.filter((drift) -> drift.kind() == Drift.Kind.RULES || drift.kind() == Drift.Kind.GENERATION)
			.map((drift) -> this.driftWords.line(drift, Locale.ENGLISH))
			.toList();
	}

	private Check check(PbxPending pbx, DraftCheck check) {
		var difference = check.difference();
		var said = this.differenceWords.said(difference, Locale.ENGLISH)
			.stream()
			.map((each) -> new DifferenceItem(code(each.effect()), each.text(), each.detail()))
			.toList();
		boolean waits = !this.runs.loosening(List.of(pbx), Map.of(pbx.pbxId(), check)).isEmpty();
		return new Check(check.dangers().stream().map(this::danger).toList(),
				check.dangers().isEmpty() ? null : this.dangerWords.wanted(List.of(pbx.pbxName()), Locale.ENGLISH),
				waits, check.closed(), check.complete(), said, difference.more(), difference.complete());
	}

	private DangerItem danger(Danger danger) {
		var kind = switch (danger) {
			case Danger.Opened _ -> "leak";
			case Danger.Hidden _ -> "emergency";
			case Danger.Unproved _, Danger.Unknown _ -> "unknown";
		};
		return new DangerItem(kind, this.dangerWords.line(danger, Locale.ENGLISH));
	}

	private static String code(Change.Effect effect) {
		return effect.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * One PBX.
	 *
	 * @param generation what it runs, {@code null} for nothing of ours
	 * @param review what an apply sends to say that this was seen; {@code null} when it
	 * cannot be applied
	 * @param problems why it cannot be applied
	 * @param warnings what is probably not meant
	 * @param overwrites what hands changed there, which an apply overwrites
	 * @param check what the apply would mean over all numbers, {@code null} while that is
	 * looked at
	 */
	record Item(long pbx, String name, @Nullable Integer generation, @Nullable String review, List<ChangeItem> changes,
			List<String> problems, List<String> warnings, List<String> overwrites, @Nullable Check check) {
	}

	/**
	 * What was edited.
	 *
	 * @param effect {@code opens}, {@code closes} or {@code neutral}
	 * @param kind what differs, as a code
	 * @param subject what it is about: a calling code, a name, a value
	 * @param count how many extensions it concerns
	 * @param items what else to name
	 */
	record ChangeItem(String effect, String kind, String subject, int count, List<String> items, String text,
			String detail) {
	}

	/**
	 * What an apply would mean.
	 *
	 * @param confirmation what an administrator has to send when the dangers are meant,
	 * {@code null} without any
	 * @param secondPerson whether it would wait for a second person
	 * @param closedLeaks how many leaks it closes
	 * @param complete whether all numbers could be looked at
	 * @param difference what becomes dialable or stops being so
	 * @param more how many lines more there are
	 * @param differenceComplete whether all numbers could be compared
	 */
	record Check(List<DangerItem> dangers, @Nullable String confirmation, boolean secondPerson, int closedLeaks,
			boolean complete, List<DifferenceItem> difference, int more, boolean differenceComplete) {
	}

	/** What would be worse: {@code leak}, {@code emergency} or {@code unknown}. */
	record DangerItem(String kind, String text) {
	}

	record DifferenceItem(String effect, String text, String detail) {
	}

}
