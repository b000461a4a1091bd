package io.tollgate.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.approval.Approval;
import io.tollgate.approval.Approvals;
import io.tollgate.approval.Request;
import io.tollgate.approval.Wish;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts applies. What it stores is complete before the first byte goes to a PBX. */
@Service
public class ApplyRuns {

	/** Who may open a leak. */
	private static final String MAY_CONFIRM = "ADMINISTRATOR";

	/** How long a press of Apply waits for a check that the review has begun. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** PBXs that are read at a time. */
	private static final int PART = 200;

	private final PendingChanges pending;

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final RunStarter starter;

	private final DraftChecks checks;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final AskedWords askedWords;

	private final Generations generations;

	private final Approvals approvals;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final TransactionTemplate transaction;

	ApplyRuns(PendingChanges pending, PbxRegistry registry, Snapshots snapshots, RunStarter starter, DraftChecks checks,
			ChangeWords words, DangerWords dangerWords, AskedWords askedWords, Generations generations,
			Approvals approvals, AuditTrail audit, CurrentActor actor, TransactionTemplate transaction) {
		this.pending = pending;
		this.registry = registry;
		this.snapshots = snapshots;
		this.starter = starter;
		this.checks = checks;
		this.words = words;
		this.dangerWords = dangerWords;
		this.askedWords = askedWords;
		this.generations = generations;
		this.approvals = approvals;
		this.audit = audit;
		this.actor = actor;
		this.transaction = transaction;
	}

	/**
	 * Starts to bring PBXs to what was reviewed. Waits for the check outside of any
	 * transaction; what was edited meanwhile is not started.
	 * @param seen by PBX, the checksum that the reviewer saw; behind a colon that of the
	 * drift that is knowingly overwritten
	 * @param reason for the audit log, may be {@code null}
	 * @param confirmation what was typed where the page asked for it
	 */
	public StartResult start(Map<Long, String> seen, @Nullable String reason, Confirmation confirmation) {
		return start(seen, reason, confirmation, Rollout.AT_ONCE);
	}

	/**
	 * The same, in waves. What lets somebody dial more may have to wait for a second
	 * person; then the rest begins without it.
	 */
	StartResult start(Map<Long, String> seen, @Nullable String reason, Confirmation confirmation, Rollout rollout) {
		return start(seen, reason, confirmation, rollout, (_) -> {
		});
	}

	/**
	 * The same for scripts.
	 * @param kept told what has become of it, in the transaction that does it
	 */
	StartResult start(Map<Long, String> seen, @Nullable String reason, Confirmation confirmation, Rollout rollout,
			Consumer<StartResult> kept) {
		return press(new Press(reviewed(seen), reason, confirmation, rollout, null), kept);
	}

	/** Starts what a second person has agreed to, as the one who asked. */
	StartResult approved(Request request, AskedApply.Content content, Approval approval) {
		return press(new Press(reviewed(content.seen()), request.reason(), Confirmation.NONE,
				content.rollout().toRollout().orElse(Rollout.AT_ONCE),
				new Approved(request, content.dangers(), approval)), (_) -> {
				});
	}

	private static Map<Long, Reviewed> reviewed(Map<Long, String> seen) {
		var reviewed = new TreeMap<Long, Reviewed>();
		seen.forEach((pbxId, text) -> reviewed.put(pbxId, Reviewed.of(text)));
		return reviewed;
	}

	private StartResult press(Press press, Consumer<StartResult> kept) {
		var all = this.pending.all();
		var wanted = all.stream().filter((pbx) -> press.seen().containsKey(pbx.pbxId())).toList();
		var changed = wanted.stream().filter((pbx) -> !press.reviewed(pbx).isOf(pbx)).toList();
		if (!changed.isEmpty()) {
			return new StartResult.ChangedMeanwhile(names(changed));
		}
		var applicable = wanted.stream().filter(PbxPending::applicable).toList();
		if (applicable.isEmpty()) {
			return new StartResult.NothingToDo();
		}
		var checked = this.checks.within(PATIENCE, applicable);
		var unknown = applicable.stream().filter((pbx) -> !checked.containsKey(pbx.pbxId())).toList();
		if (!unknown.isEmpty()) {
			return new StartResult.BeingChecked(names(unknown));
		}
		var dangerous = dangerous(applicable, checked);
		if (!dangerous.isEmpty() && !confirmed(press, all, dangerous, checked)) {
			return new StartResult.Unconfirmed(names(dangerous), this.actor.is(MAY_CONFIRM));
		}
		var waits = (press.approved() == null) ? loosening(applicable, checked) : List.<PbxPending>of();
		if (!waits.isEmpty() && press.reason() == null) {
			return new StartResult.ReasonNeeded(names(waits));
		}
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var result = start(press, applicable, waits, checked);
			if (!(result instanceof StartResult.Started || result instanceof StartResult.Asked)) {
				status.setRollbackOnly();
			}
			else {
				kept.accept(result);
			}
			return result;
		}));
	}

	/** Those that a second person has to agree to. */
	List<PbxPending> loosening(List<PbxPending> applicable, Map<Long, DraftCheck> checked) {
		if (!this.approvals.required()) {
			return List.of();
		}
		// a PBX without a guard lets everything out: whatever it gets first, it is less
		var bare = this.registry.find(applicable.stream().map(PbxPending::pbxId).toList())
			.stream()
			.filter((pbx) -> pbx.guard() == GuardStatus.MISSING)
			.map(Pbx::id)
			.collect(Collectors.toSet());
		return applicable.stream()
			.filter((pbx) -> pbx.generation() != null || !bare.contains(pbx.pbxId()))
			.filter((pbx) -> Objects.requireNonNull(checked.get(pbx.pbxId())).loosens())
			.toList();
	}

	private StartResult start(Press press, List<PbxPending> applicable, List<PbxPending> waits,
			Map<Long, DraftCheck> checked) {
		var atOnce = applicable.stream().filter((pbx) -> !waits.contains(pbx)).toList();
		UUID run = null;
		if (!atOnce.isEmpty()) {
			var result = start(press, atOnce, checked);
			if (!(result instanceof StartResult.Started started)) {
				return result;
			}
			run = started.runId();
			if (press.approved() != null) {
				this.approvals.settle(press.approved().request(), press.approved().approval(), "/applies/" + run);
			}
			if (waits.isEmpty()) {
				return result;
			}
		}
		return new StartResult.Asked(ask(press, waits, checked), run, names(waits));
	}

	private long ask(Press press, List<PbxPending> waits, Map<Long, DraftCheck> checked) {
		var seen = new TreeMap<Long, String>();
		waits.forEach((pbx) -> seen.put(pbx.pbxId(), press.reviewed(pbx).toString()));
		var dangers = this.askedWords.dangers(dangers(waits, checked));
		var content = new AskedApply.Content(seen, AskedApply.running(this.generations, seen.keySet()),
				RolloutForm.of(press.rollout()), dangers);
		return this.approvals.ask(new Wish(AskedApply.KIND, Objects.requireNonNull(press.reason()), few(names(waits)),
				words(waits, checked), content.text(), !dangers.isEmpty(), seen.keySet()));
	}

	private List<String> words(List<PbxPending> waits, Map<Long, DraftCheck> checked) {
		var said = this.askedWords.of(waits, checked);
		return (waits.size() == 1) ? said
				: Stream.concat(Stream.of(String.join(", ", names(waits))), said.stream()).toList();
	}

	private static List<Danger> dangers(List<PbxPending> pbxs, Map<Long, DraftCheck> checked) {
		return pbxs.stream()
			.flatMap((pbx) -> Objects.requireNonNull(checked.get(pbx.pbxId())).dangers().stream())
			.toList();
	}

	private StartResult start(Press press, List<PbxPending> applicable, Map<Long, DraftCheck> checked) {
		var asChecked = new HashMap<Long, Snapshot>();
		for (int from = 0; from < applicable.size(); from += PART) {
			asChecked.putAll(asChecked(applicable.subList(from, Math.min(from + PART, applicable.size()))));
		}
		var wanted = new ArrayList<Wanted>();
		var changed = new ArrayList<PbxPending>();
		for (var pbx : applicable) {
			var snapshot = asChecked.get(pbx.pbxId());
			if (snapshot == null) {
				changed.add(pbx);
			}
			else {
				wanted.add(new Wanted(pbx.pbxId(), pbx.pbxName(), pbx.generation(), words(pbx), pbx.checksum(),
						press.reviewed(pbx).driftSeen(), snapshot));
			}
		}
		if (!changed.isEmpty()) {
			return new StartResult.ChangedMeanwhile(names(changed));
		}
		applicable.forEach(
				(pbx) -> audit(pbx.pbxId(), pbx.pbxName(), Objects.requireNonNull(checked.get(pbx.pbxId())).dangers()));
		return this.starter.start(RunKind.APPLY, mandate(press), wanted, press.rollout());
	}

	private Mandate mandate(Press press) {
		var approved = press.approved();
		return (approved == null) ? Mandate.of(this.actor.name(), press.reason())
				: new Mandate(approved.request().askedBy(), press.reason(), approved.approval().by());
	}

	private String words(PbxPending pbx) {
		return pbx.changes()
			.stream()
			.map((change) -> this.words.line(change, Locale.ENGLISH))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * What is stored and sent, by PBX: only what was reviewed and checked, and on the
	 * same generation; those are missing of which something moved while the check was
	 * waited for. The rules are read first: who changes them afterwards, or has changed
	 * them in between, has raised a revision, and each PBX compiles what it is sent to
	 * the checksum that was reviewed, or refuses it.
	 */
	private Map<Long, Snapshot> asChecked(List<PbxPending> checked) {
		var ids = checked.stream().map(PbxPending::pbxId).toList();
		var drafts = new HashMap<>(this.snapshots.drafts(this.registry.find(ids)));
		var now = this.pending.of(ids).stream().collect(Collectors.toMap(PbxPending::pbxId, Function.identity()));
		checked.stream()
			.filter((pbx) -> !pbx.equals(now.get(pbx.pbxId())))
			.forEach((pbx) -> drafts.remove(pbx.pbxId()));
		return drafts;
	}

	/** What the page asked for is asked again, of what is known now. */
	private boolean confirmed(Press press, List<PbxPending> all, List<PbxPending> dangerous,
			Map<Long, DraftCheck> checked) {
		if (press.approved() != null) {
			return this.actor.is(MAY_CONFIRM)
					&& press.approved().dangers().equals(this.askedWords.dangers(dangers(dangerous, checked)));
		}
		var shown = all.stream().filter(PbxPending::applicable).toList();
		var listed = dangerous(shown, this.checks.within(Duration.ZERO, shown));
		return this.actor.is(MAY_CONFIRM)
				&& this.dangerWords.confirms(press.confirmation(), names(listed), names(dangerous));
	}

	private static List<PbxPending> dangerous(List<PbxPending> pbxs, Map<Long, DraftCheck> checked) {
		return pbxs.stream().filter((pbx) -> {
			var check = checked.get(pbx.pbxId());
			return check != null && !check.dangers().isEmpty();
		}).toList();
	}

	/** In a line of a list; the words say the rest. */
	private static String few(List<String> names) {
		return (names.size() == 1) ? names.getFirst() : names.getFirst() + " +" + (names.size() - 1);
	}

	private static List<String> names(List<PbxPending> pbxs) {
		return pbxs.stream().map(PbxPending::pbxName).toList();
	}

	/** Writes down what was confirmed. */
	void audit(long pbxId, String pbxName, List<Danger> dangers) {
		dangers.stream().collect(Collectors.groupingBy((danger) -> switch (danger) {
			case Danger.Opened opened -> "apply.leak-confirmed";
			case Danger.Hidden hidden -> "apply.emergency-confirmed";
			case Danger.Unproved unproved -> "apply.unchecked-confirmed";
			case Danger.Unknown unknown -> "apply.unchecked-confirmed";
		}, TreeMap::new,
				Collectors.mapping((danger) -> this.dangerWords.line(danger, Locale.ENGLISH),
						Collectors.joining("\n"))))
			.forEach((action, said) -> this.audit.record(action, AuditObject.of("pbx", pbxId, pbxName), null, said));
	}

	/**
	 * One press of Apply, or of Approve.
	 *
	 * @param seen by PBX, what the reviewer saw
	 * @param reason for the audit log, {@code null} for none
	 * @param confirmation what was typed where the page asked for it
	 * @param rollout in what order
	 * @param approved what a second person agreed to, {@code null} when it is a first
	 * press
	 */
	private record Press(Map<Long, Reviewed> seen, @Nullable String reason, Confirmation confirmation, Rollout rollout,
			@Nullable Approved approved) {

		Reviewed reviewed(PbxPending pbx) {
			return this.seen.getOrDefault(pbx.pbxId(), Reviewed.NOTHING);
		}

	}

	/** What was asked for, and who agreed. */
	private record Approved(Request request, List<String> dangers, Approval approval) {
	}

}
