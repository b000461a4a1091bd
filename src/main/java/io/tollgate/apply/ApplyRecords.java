package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down how an apply goes, each step in a transaction of its own, so that any page
 * shows it at once and any portal can go on from there.
 */
@Component
class ApplyRecords {

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final Generations generations;

	private final ApplyClaims claims;

	private final Snapshots snapshots;

	private final StopState stop;

	private final Observations observations;

	private final AuditTrail audit;

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ApplyRecords(ApplyRunRepository runs, ApplyTargets targets, Generations generations, ApplyClaims claims,
			Snapshots snapshots, StopState stop, Observations observations, AuditTrail audit, JdbcClient jdbc,
			ApplicationEventPublisher events, Clock clock) {
		this.runs = runs;
		this.targets = targets;
		this.generations = generations;
		this.claims = claims;
		this.snapshots = snapshots;
		this.stop = stop;
		this.observations = observations;
		this.audit = audit;
		this.jdbc = jdbc;
		this.events = events;
		this.clock = clock;
	}

	/** What is wanted of a PBX and may be done now. */
	@Transactional(readOnly = true)
	Optional<NextTarget> next(long pbxId) {
		return this.targets.next(pbxId);
	}

	/**
	 * Begins an attempt, as the only one at work on that PBX.
	 * @return empty when something else is, or when it has ended meanwhile
	 */
	@Transactional
	Optional<ApplyTarget> begin(long targetId) {
		var target = this.targets.lock(targetId).orElseThrow();
		var kind = this.runs.findById(target.getRunId()).orElseThrow().getKind();
		if (target.getPbxId() == null || target.getOutcome() != null || !claim(target, kind)) {
			return Optional.empty();
		}
		if (!target.getStage().isBegun() && !prepare(target, kind)) {
			target.ended(OutcomeKind.CANCELLED, null, null, Instant.now(this.clock));
			this.claims.release(target.getPbxId(), target.getRunId());
			return Optional.empty();
		}
		target.reached(Progress.CONNECTING, Instant.now(this.clock));
		return Optional.of(target);
	}

	/** What has begun comes before a stop, so whoever holds the claim now has not. */
	private boolean claim(ApplyTarget target, RunKind kind) {
		if (kind.isOfStop() && !target.getStage().isBegun()) {
			this.claims.seize(target.getPbxId(), target.getRunId());
		}
		return this.claims.take(target.getPbxId(), target.getRunId());
	}

	/**
	 * What is decided when it begins: whether a stop is on, and of a stop itself what it
	 * is about, for an apply may have ended since it was asked for.
	 * @return false when nothing runs that could be stopped
	 */
	private boolean prepare(ApplyTarget target, RunKind kind) {
		target.enforcesStop(this.stop.isOn());
		if (!kind.isOfStop()) {
			return true;
		}
		var newest = this.generations.findFirstByPbxIdOrderByIdDesc(target.getPbxId());
		newest.ifPresent((running) -> target.takes(running.getSnapshot(),
				this.snapshots.checksum(this.snapshots.read(running.getSnapshot()))));
		return newest.isPresent();
	}

	@Transactional
	void reached(long targetId, Progress progress) {
		this.targets.reached(targetId, progress, Instant.now(this.clock));
	}

	/** How often it was switched without a confirmation that reached it. */
	@Transactional(readOnly = true)
	int switches(long targetId) {
		return this.targets.findById(targetId).map(ApplyTarget::getSwitches).orElse(0);
	}

	/** Notes what the PBX said of numbers before its new rules were confirmed. */
	@Transactional
	void proved(long targetId, String words) {
		this.targets.findById(targetId).orElseThrow().proved(words);
	}

	/**
	 * Notes that an attempt came to nothing and that there will be another one. While it
	 * waits for its PBX anything newer may take its place.
	 */
	@Transactional
	void waits(long targetId, Progress stage, String cause) {
		var target = this.targets.lock(targetId).orElseThrow();
		if (target.getOutcome() != null) {
			return;
		}
		target.waits(stage, cause, Instant.now(this.clock));
		if (!stage.isBegun() && target.getPbxId() != null) {
			this.claims.release(target.getPbxId(), target.getRunId());
		}
	}

	/**
	 * The end of one target: its row, the generation that now runs, that it was seen, the
	 * audit event and the claim, all or nothing.
	 */
	@Transactional
	void ended(long targetId, Outcome outcome, @Nullable String cause) {
		var target = this.targets.lock(targetId).orElseThrow();
		if (target.getOutcome() != null) {
			// another portal took this one for dead and went on
			return;
		}
		var run = this.runs.findById(target.getRunId()).orElseThrow();
		var now = Instant.now(this.clock);
		var kind = switch (outcome) {
			case Outcome.Applied applied -> OutcomeKind.APPLIED;
			case Outcome.NoChange same -> OutcomeKind.NO_CHANGE;
			case Outcome.Refused refused -> OutcomeKind.REFUSED;
			case Outcome.RolledBack back -> OutcomeKind.ROLLED_BACK;
			case Outcome.Unreachable unreachable -> throw new IllegalArgumentException("no end");
			case Outcome.InDoubt doubt -> throw new IllegalArgumentException("no end");
		};
		Integer generation = switch (outcome) {
			case Outcome.Applied applied -> Integer.valueOf(applied.generation());
			case Outcome.NoChange same -> Integer.valueOf(same.generation());
			default -> null;
		};
		target.ended(kind, generation, cause, now);
		if (target.getPbxId() != null) {
			if (generation != null) {
				remember(generation, run, target, now);
				this.observations.asApplied(target.getPbxId(), generation);
			}
			this.claims.release(target.getPbxId(), run.getId());
		}
		this.audit.recordAs(run.getActor(), "apply." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
				AuditObject.of("pbx", target.getPbxId(), target.getPbxName()),
				(target.getFromGeneration() != null) ? "generation " + target.getFromGeneration() : null,
				(generation != null) ? "generation " + generation : cause);
		if (generation == null && target.getPbxId() != null) {
			this.events
				.publishEvent(new ApplyFailed(target.getPbxId(), target.getPbxName(), (cause != null) ? cause : ""));
		}
	}

	private void remember(int number, ApplyRun run, ApplyTarget target, Instant now) {
		var newest = this.generations.findFirstByPbxIdOrderByIdDesc(target.getPbxId());
		boolean known = newest
			.filter((generation) -> generation.getNumber() == number && generation.isStopped() == target.isStopped()
					&& generation.getChecksum().equals(target.getChecksum()))
			.isPresent();
		if (!known) {
			this.generations.save(new Generation(number, run, target, now));
		}
	}

	/**
	 * Notes the end of every run that has nothing left to do. After the ends of its
	 * targets are committed, so that of two that end at once the later one sees both.
	 */
	@Transactional
	void finishRuns() {
		// nobody looks at what was wanted of a PBX that is gone
		this.jdbc.sql(
				"update apply_target set outcome = 'CANCELLED', updated_at = ? where pbx_id is null and outcome is null")
			.param(Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.update();
		this.jdbc.sql("""
				update apply_run set finished_at = ?
				where finished_at is null and not exists (
				    select 1 from apply_target t where t.run_id = apply_run.id and t.outcome is null)""")
			.param(Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.update();
	}

}
