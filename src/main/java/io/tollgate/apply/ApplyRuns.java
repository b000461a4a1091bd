package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts applies. What it stores is complete before the first byte goes to a PBX. */
@Service
public class ApplyRuns {

	/** Who may open a leak. */
	private static final String MAY_CONFIRM = "ADMINISTRATOR";

	/** How long a press of Apply waits for a check that the review has begun. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final PendingChanges pending;

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final ApplyLocks locks;

	private final DraftChecks checks;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	ApplyRuns(PendingChanges pending, PbxRegistry registry, Snapshots snapshots, ApplyRunRepository runs,
			ApplyTargets targets, ApplyLocks locks, DraftChecks checks, ChangeWords words, DangerWords dangerWords,
			AuditTrail audit, CurrentActor actor, ApplicationEventPublisher events, TransactionTemplate transaction,
			Clock clock) {
		this.pending = pending;
		this.registry = registry;
		this.snapshots = snapshots;
		this.runs = runs;
		this.targets = targets;
		this.locks = locks;
		this.checks = checks;
		this.words = words;
		this.dangerWords = dangerWords;
		this.audit = audit;
		this.actor = actor;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Starts to bring PBXs to what was reviewed. Waits for the check outside of any
	 * transaction; what was edited meanwhile is not started.
	 * @param reviewed by PBX, the checksum that the reviewer saw
	 * @param reason for the audit log, may be {@code null}
	 * @param confirmation what was typed where the page asked for it
	 */
	public StartResult start(Map<Long, String> reviewed, @Nullable String reason, Confirmation confirmation) {
		var all = this.pending.all();
		var wanted = all.stream().filter((pbx) -> reviewed.containsKey(pbx.pbxId())).toList();
		var changed = wanted.stream().filter((pbx) -> !pbx.checksum().equals(reviewed.get(pbx.pbxId()))).toList();
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
			var result = start(applicable, reason, checked);
			if (!(result instanceof StartResult.Started)) {
				status.setRollbackOnly();
			}
			return result;
		}));
	}

	private StartResult start(List<PbxPending> applicable, @Nullable String reason, Map<Long, DraftCheck> checked) {
		var run = new ApplyRun(UUID.randomUUID(), Instant.now(this.clock), this.actor.name(), reason);
		this.runs.saveAndFlush(run);
		var busy = applicable.stream().filter((pbx) -> !this.locks.take(pbx.pbxId(), run.getId())).toList();
		if (!busy.isEmpty()) {
			return new StartResult.Busy(names(busy));
		}
		var asChecked = new LinkedHashMap<PbxPending, Snapshot>();
		applicable.forEach((pbx) -> asChecked(pbx).ifPresent((snapshot) -> asChecked.put(pbx, snapshot)));
		var changed = applicable.stream().filter((pbx) -> !asChecked.containsKey(pbx)).toList();
		if (!changed.isEmpty()) {
			return new StartResult.ChangedMeanwhile(names(changed));
		}
		var ids = new ArrayList<Long>();
		asChecked.forEach((pbx, snapshot) -> {
			ids.add(store(run, pbx, snapshot).getId());
			audit(pbx, Objects.requireNonNull(checked.get(pbx.pbxId())).dangers());
		});
		this.events.publishEvent(new ApplyStarted(run.getId(), List.copyOf(ids)));
		return new StartResult.Started(run.getId());
	}

	/**
	 * What is stored and sent: only what was reviewed and checked, and on the same
	 * generation. Empty when something moved while the check was waited for.
	 */
	private Optional<Snapshot> asChecked(PbxPending checked) {
		return this.pending.of(checked.pbxId())
			.filter(checked::equals)
			.flatMap((same) -> this.registry.find(same.pbxId()))
			.map(this.snapshots::draft)
			.filter((draft) -> this.snapshots.compilesTo(draft, checked.checksum()));
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

	private void audit(PbxPending pbx, List<Danger> dangers) {
		dangers.stream().collect(Collectors.groupingBy((danger) -> switch (danger) {
			case Danger.Opened opened -> "apply.leak-confirmed";
			case Danger.Hidden hidden -> "apply.emergency-confirmed";
			case Danger.Unproved unproved -> "apply.unchecked-confirmed";
			case Danger.Unknown unknown -> "apply.unchecked-confirmed";
		}, TreeMap::new,
				Collectors.mapping((danger) -> this.dangerWords.line(danger, Locale.ENGLISH),
						Collectors.joining("\n"))))
			.forEach((action, said) -> this.audit.record(action, AuditObject.of("pbx", pbx.pbxId(), pbx.pbxName()),
					null, said));
	}

	private ApplyTarget store(ApplyRun run, PbxPending pbx, Snapshot snapshot) {
		var said = pbx.changes()
			.stream()
			.map((change) -> this.words.line(change, Locale.ENGLISH))
			.collect(Collectors.joining("\n"));
		var target = this.targets
			.save(new ApplyTarget(run.getId(), pbx, said, this.snapshots.write(snapshot), Instant.now(this.clock)));
		this.audit.record("apply.started", AuditObject.of("pbx", pbx.pbxId(), pbx.pbxName()),
				(pbx.generation() != null) ? "generation " + pbx.generation() : null,
				(run.getReason() != null) ? said + "\n" + run.getReason() : said);
		return target;
	}

}
