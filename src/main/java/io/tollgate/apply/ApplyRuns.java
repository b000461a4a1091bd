package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Starts applies. What it stores is complete before the first byte goes to a PBX. */
@Service
public class ApplyRuns {

	private final PendingChanges pending;

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final ApplyLocks locks;

	private final ChangeWords words;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ApplyRuns(PendingChanges pending, PbxRegistry registry, Snapshots snapshots, ApplyRunRepository runs,
			ApplyTargets targets, ApplyLocks locks, ChangeWords words, AuditTrail audit, CurrentActor actor,
			ApplicationEventPublisher events, Clock clock) {
		this.pending = pending;
		this.registry = registry;
		this.snapshots = snapshots;
		this.runs = runs;
		this.targets = targets;
		this.locks = locks;
		this.words = words;
		this.audit = audit;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Starts to bring PBXs to what was reviewed.
	 * @param reviewed by PBX, the checksum that the reviewer saw
	 * @param reason for the audit log, may be {@code null}
	 */
	@Transactional
	public StartResult start(Map<Long, String> reviewed, @Nullable String reason) {
		var wanted = this.pending.all().stream().filter((pbx) -> reviewed.containsKey(pbx.pbxId())).toList();
		var changed = wanted.stream().filter((pbx) -> !pbx.checksum().equals(reviewed.get(pbx.pbxId()))).toList();
		if (!changed.isEmpty()) {
			return new StartResult.ChangedMeanwhile(changed.stream().map(PbxPending::pbxName).toList());
		}
		var applicable = wanted.stream().filter(PbxPending::applicable).toList();
		if (applicable.isEmpty()) {
			return new StartResult.NothingToDo();
		}
		var run = new ApplyRun(UUID.randomUUID(), Instant.now(this.clock), this.actor.name(), reason);
		this.runs.saveAndFlush(run);
		var busy = applicable.stream().filter((pbx) -> !this.locks.take(pbx.pbxId(), run.getId())).toList();
		if (!busy.isEmpty()) {
			TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
			return new StartResult.Busy(busy.stream().map(PbxPending::pbxName).toList());
		}
		var ids = new ArrayList<Long>();
		for (var pbx : applicable) {
			ids.add(store(run, pbx).getId());
		}
		this.events.publishEvent(new ApplyStarted(run.getId(), List.copyOf(ids)));
		return new StartResult.Started(run.getId());
	}

	private ApplyTarget store(ApplyRun run, PbxPending pbx) {
		var said = pbx.changes()
			.stream()
			.map((change) -> this.words.line(change, Locale.ENGLISH))
			.collect(Collectors.joining("\n"));
		var snapshot = this.snapshots.draft(this.registry.find(pbx.pbxId()).orElseThrow());
		var target = this.targets
			.save(new ApplyTarget(run.getId(), pbx, said, this.snapshots.write(snapshot), Instant.now(this.clock)));
		this.audit.record("apply.started", AuditObject.of("pbx", pbx.pbxId(), pbx.pbxName()),
				(pbx.generation() != null) ? "generation " + pbx.generation() : null,
				(run.getReason() != null) ? said + "\n" + run.getReason() : said);
		return target;
	}

}
