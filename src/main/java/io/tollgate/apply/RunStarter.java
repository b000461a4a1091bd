package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.Upkeeps;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores a run, all of it, in the transaction of whoever decided it; the PBXs are told
 * when that is committed. What had not begun on one of its PBXs is superseded.
 */
@Component
class RunStarter {

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final ApplyClaims claims;

	private final Snapshots snapshots;

	private final Upkeeps upkeeps;

	private final AuditTrail audit;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	RunStarter(ApplyRunRepository runs, ApplyTargets targets, ApplyClaims claims, Snapshots snapshots, Upkeeps upkeeps,
			AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
		this.runs = runs;
		this.targets = targets;
		this.claims = claims;
		this.snapshots = snapshots;
		this.upkeeps = upkeeps;
		this.audit = audit;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Stores a run.
	 * @param actor who answers for it
	 * @return nothing is stored when some PBX is busy: the caller rolls back
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	StartResult start(RunKind kind, String actor, @Nullable String reason, List<Wanted> wanted) {
		return start(kind, Mandate.of(actor, reason), wanted, Rollout.AT_ONCE);
	}

	/**
	 * Stores a run that goes in waves.
	 * @param rollout in what order
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	StartResult start(RunKind kind, Mandate mandate, List<Wanted> wanted, Rollout rollout) {
		var now = Instant.now(this.clock);
		var waves = rollout.waves(wanted.stream().map(Wanted::pbxId).toList(), groups());
		int last = waves.values().stream().mapToInt(Integer::intValue).max().orElse(0);
		var run = this.runs.saveAndFlush(new ApplyRun(UUID.randomUUID(), kind, now, mandate, rollout, last + 1));
		var begins = wanted.stream().filter((pbx) -> waves.getOrDefault(pbx.pbxId(), 0) == 0).toList();
		var pbxIds = wanted.stream().map(Wanted::pbxId).toList();
		this.targets.lockOpen(pbxIds);
		// also of those that come later: what is at work there would come in between
		var busy = wanted.stream()
			.filter((pbx) -> !kind.isOfStop() && !this.claims.take(pbx.pbxId(), run.getId()))
			.toList();
		if (!busy.isEmpty()) {
			return new StartResult.Busy(busy.stream().map(Wanted::pbxName).toList());
		}
		// what a person wants of a PBX stays wanted when that is brought back first
		if (kind != RunKind.REPAIR) {
			this.targets.supersede(pbxIds, kind.isOfStop(), now);
		}
		if (kind.isOfStop()) {
			this.claims.releaseIdle(pbxIds);
		}
		for (var pbx : wanted) {
			if (waves.getOrDefault(pbx.pbxId(), 0) > 0) {
				this.claims.release(pbx.pbxId(), run.getId());
			}
			this.targets.save(new ApplyTarget(run.getId(), pbx, waves.getOrDefault(pbx.pbxId(), 0), rules(pbx), now));
			this.audit.recordAs(mandate.actor(), "apply.started", AuditObject.of("pbx", pbx.pbxId(), pbx.pbxName()),
					(pbx.from() != null) ? "generation " + pbx.from() : null,
					(mandate.reason() != null) ? pbx.words() + "\n" + mandate.reason() : pbx.words());
		}
		this.events.publishEvent(new ApplyStarted(run.getId(), begins.stream().map(Wanted::pbxId).toList()));
		return new StartResult.Started(run.getId());
	}

	private String rules(Wanted pbx) {
		var snapshot = pbx.snapshot();
		return (snapshot != null) ? this.snapshots.write(snapshot) : "";
	}

	private Map<Long, String> groups() {
		var groups = new HashMap<Long, String>();
		this.upkeeps.all().forEach((pbx, upkeep) -> groups.put(pbx, upkeep.group()));
		return groups;
	}

}
