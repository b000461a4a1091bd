package io.tollgate.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.decision.Snapshot;
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

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final TransactionTemplate transaction;

	ApplyRuns(PendingChanges pending, PbxRegistry registry, Snapshots snapshots, RunStarter starter, DraftChecks checks,
			ChangeWords words, DangerWords dangerWords, AuditTrail audit, CurrentActor actor,
			TransactionTemplate transaction) {
		this.pending = pending;
		this.registry = registry;
		this.snapshots = snapshots;
		this.starter = starter;
		this.checks = checks;
		this.words = words;
		this.dangerWords = dangerWords;
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
	 * The same, in waves.
	 */
	StartResult start(Map<Long, String> seen, @Nullable String reason, Confirmation confirmation, Rollout rollout) {
		var reviewed = new TreeMap<Long, Reviewed>();
		seen.forEach((pbxId, text) -> reviewed.put(pbxId, Reviewed.of(text)));
		var all = this.pending.all();
		var wanted = all.stream().filter((pbx) -> reviewed.containsKey(pbx.pbxId())).toList();
		var changed = wanted.stream()
			.filter((pbx) -> !reviewed.getOrDefault(pbx.pbxId(), Reviewed.NOTHING).isOf(pbx))
			.toList();
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
		if (!dangerous.isEmpty() && !confirmed(all, dangerous, confirmation)) {
			return new StartResult.Unconfirmed(names(dangerous), this.actor.is(MAY_CONFIRM));
		}
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var result = start(applicable, reviewed, reason, checked, rollout);
			if (!(result instanceof StartResult.Started)) {
				status.setRollbackOnly();
			}
			return result;
		}));
	}

	private StartResult start(List<PbxPending> applicable, Map<Long, Reviewed> reviewed, @Nullable String reason,
			Map<Long, DraftCheck> checked, Rollout rollout) {
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
						reviewed.getOrDefault(pbx.pbxId(), Reviewed.NOTHING).driftSeen(), snapshot));
			}
		}
		if (!changed.isEmpty()) {
			return new StartResult.ChangedMeanwhile(names(changed));
		}
		applicable.forEach(
				(pbx) -> audit(pbx.pbxId(), pbx.pbxName(), Objects.requireNonNull(checked.get(pbx.pbxId())).dangers()));
		return this.starter.start(RunKind.APPLY, this.actor.name(), reason, wanted, rollout);
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
	private boolean confirmed(List<PbxPending> all, List<PbxPending> dangerous, Confirmation confirmation) {
		var shown = all.stream().filter(PbxPending::applicable).toList();
		var listed = dangerous(shown, this.checks.within(Duration.ZERO, shown));
		return this.actor.is(MAY_CONFIRM) && this.dangerWords.confirms(confirmation, names(listed), names(dangerous));
	}

	private static List<PbxPending> dangerous(List<PbxPending> pbxs, Map<Long, DraftCheck> checked) {
		return pbxs.stream().filter((pbx) -> {
			var check = checked.get(pbx.pbxId());
			return check != null && !check.dangers().isEmpty();
		}).toList();
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
	 * What a reviewer saw of one PBX.
	 *
	 * @param checksum of what would be compiled
	 * @param driftSeen checksum of what ran there by somebody else's hand, empty for
	 * nothing
	 */
	private record Reviewed(String checksum, String driftSeen) {

		static final Reviewed NOTHING = new Reviewed("", "");

		static Reviewed of(String text) {
			int colon = text.indexOf(':');
			return (colon < 0) ? new Reviewed(text, "")
					: new Reviewed(text.substring(0, colon), text.substring(colon + 1));
		}

		boolean isOf(PbxPending pbx) {
			return pbx.checksum().equals(this.checksum);
		}

	}

}
