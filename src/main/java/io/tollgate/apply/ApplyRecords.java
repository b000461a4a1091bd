package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down how an apply goes, each step in a transaction of its own, so that any page
 * shows it at once.
 */
@Component
class ApplyRecords {

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final Generations generations;

	private final ApplyLocks locks;

	private final AuditTrail audit;

	private final Clock clock;

	ApplyRecords(ApplyRunRepository runs, ApplyTargets targets, Generations generations, ApplyLocks locks,
			AuditTrail audit, Clock clock) {
		this.runs = runs;
		this.targets = targets;
		this.generations = generations;
		this.locks = locks;
		this.audit = audit;
		this.clock = clock;
	}

	@Transactional(readOnly = true)
	ApplyTarget target(long id) {
		return this.targets.findById(id).orElseThrow();
	}

	@Transactional
	void reached(long targetId, Progress progress) {
		this.targets.findById(targetId).orElseThrow().reached(progress, Instant.now(this.clock));
	}

	/**
	 * The end of one target: its row, the generation that now runs, the audit event and
	 * the lock, all or nothing.
	 */
	@Transactional
	void ended(long targetId, Outcome outcome, @Nullable String cause) {
		var target = this.targets.findById(targetId).orElseThrow();
		var run = this.runs.findById(target.getRunId()).orElseThrow();
		var now = Instant.now(this.clock);
		var kind = switch (outcome) {
			case Outcome.Applied applied -> OutcomeKind.APPLIED;
			case Outcome.NoChange same -> OutcomeKind.NO_CHANGE;
			case Outcome.Refused refused -> OutcomeKind.REFUSED;
			case Outcome.RolledBack back -> OutcomeKind.ROLLED_BACK;
			case Outcome.Unreachable unreachable -> OutcomeKind.UNREACHABLE;
			case Outcome.InDoubt doubt -> OutcomeKind.IN_DOUBT;
		};
		Integer generation = switch (outcome) {
			case Outcome.Applied applied -> Integer.valueOf(applied.generation());
			case Outcome.NoChange same -> Integer.valueOf(same.generation());
			default -> null;
		};
		target.ended(kind, generation, cause, now);
		if (generation != null) {
			remember(generation, run, target, now);
		}
		this.audit.recordAs(run.getActor(), "apply." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
				AuditObject.of("pbx", target.getPbxId(), target.getPbxName()),
				(target.getFromGeneration() != null) ? "generation " + target.getFromGeneration() : null,
				(generation != null) ? "generation " + generation : cause);
		this.locks.release(target.getPbxId(), run.getId());
		boolean last = this.targets.findByRunIdOrderByPbxNameAsc(run.getId())
			.stream()
			.allMatch((each) -> each.getOutcome() != null);
		if (last) {
			run.finish(now);
		}
	}

	private void remember(int number, ApplyRun run, ApplyTarget target, Instant now) {
		var newest = this.generations.findFirstByPbxIdOrderByIdDesc(target.getPbxId());
		boolean known = newest
			.filter((generation) -> generation.getNumber() == number
					&& generation.getChecksum().equals(target.getChecksum()))
			.isPresent();
		if (!known) {
			this.generations.save(new Generation(number, run, target, now));
		}
	}

	/** Targets of runs that nobody works on any more: their portal died. */
	@Transactional(readOnly = true)
	List<Long> orphans() {
		var held = this.locks.runs();
		return this.runs.findByFinishedAtIsNull()
			.stream()
			.map(ApplyRun::getId)
			.filter((id) -> !held.contains(id))
			.flatMap((id) -> this.targets.findByRunIdOrderByPbxNameAsc(id).stream())
			.filter((target) -> target.getOutcome() == null)
			.map(ApplyTarget::getId)
			.toList();
	}

	/** Takes an orphan over, unless another portal was faster. */
	@Transactional
	boolean adopt(long targetId) {
		var target = this.targets.findById(targetId).orElseThrow();
		return target.getOutcome() == null && this.locks.take(target.getPbxId(), target.getRunId());
	}

}
