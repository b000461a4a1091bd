package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.connector.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one wave of a run begin after the other. Level-triggered, over all portals: each
 * look asks how the PBXs of the run stand and takes at most one step, with the run
 * locked.
 */
@Component
class Rollouts {

	/** So long a PBX of a wave may not answer before that counts as a failure. */
	static final Duration GRACE = Duration.ofMinutes(2);

	private final ApplyRunRepository runs;

	private final ApplyTargets targets;

	private final ApplyClaims claims;

	private final FleetStatus status;

	private final Observations observations;

	private final ChangeWords words;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Rollouts(ApplyRunRepository runs, ApplyTargets targets, ApplyClaims claims, FleetStatus status,
			Observations observations, ChangeWords words, AuditTrail audit, CurrentActor actor,
			ApplicationEventPublisher events, TransactionTemplate transaction, Clock clock) {
		this.runs = runs;
		this.targets = targets;
		this.claims = claims;
		this.status = status;
		this.observations = observations;
		this.words = words;
		this.audit = audit;
		this.actor = actor;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void look() {
		this.runs.staged().forEach((run) -> this.transaction.executeWithoutResult((_) -> step(run.getId())));
	}

	private void step(UUID id) {
		var run = this.runs.lock(id).orElseThrow();
		var counts = this.targets.counts(List.of(id))
			.stream()
			.filter((count) -> count.wave() <= run.getWave())
			.toList();
		var now = Instant.now(this.clock);
		long gone = this.targets.gone(id, run.getWave(), now.minus(GRACE));
		long failed = gone + counts.stream().filter(TargetCount::isFailed).mapToLong(TargetCount::count).sum();
		long begun = counts.stream().mapToLong(TargetCount::count).sum();
		if (failed * 100 > (long) run.getMostFailures() * begun) {
			stop(run, this.words.problem(Problem.of("rollout-failures", failed, begun), Locale.ENGLISH), Repairs.ACTOR);
			return;
		}
		long open = counts.stream().filter(TargetCount::isOpen).mapToLong(TargetCount::count).sum();
		if (!run.isStaged() || open > gone) {
			return;
		}
		var ended = run.getWaveEndedAt();
		if (ended == null) {
			run.waveEnded(now);
		}
		else if (!ended.plusSeconds(run.getPauseSeconds()).isAfter(now)) {
			advance(run);
		}
	}

	/** Only when those that have it still run it. */
	private void advance(ApplyRun run) {
		var statuses = this.status.all();
		var seen = this.observations.all();
		var brought = this.targets.brought(run.getId());
		long worse = brought.stream()
			.filter((pbx) -> statuses.containsKey(pbx) && statuses.get(pbx).state().isWorse())
			.filter((pbx) -> !isOlder(seen.get(pbx), run))
			.count();
		if (worse * 100 > (long) run.getMostFailures() * brought.size()) {
			stop(run, this.words.problem(Problem.of("rollout-worse", worse), Locale.ENGLISH), Repairs.ACTOR);
			return;
		}
		run.nextWave();
		this.events.publishEvent(new ApplyStarted(run.getId(), this.targets.pbxs(run.getId(), run.getWave())));
	}

	/** A difference that was there before is none of its making. */
	private static boolean isOlder(Observations.@Nullable Seen seen, ApplyRun run) {
		var since = (seen != null) ? seen.driftSince() : null;
		return since != null && since.isBefore(run.getStartedAt());
	}

	/**
	 * Has the next wave begin without waiting any longer. A second press for the same
	 * wave finds what the first has begun.
	 * @param wave the one that has begun last as far as whoever asks knows, from 1
	 * @return false when there is none to come
	 */
	boolean goOn(UUID id, int wave) {
		return Boolean.TRUE.equals(this.transaction.execute((_) -> {
			var run = this.runs.lock(id).orElseThrow();
			if (run.getWave() + 1 != wave) {
				return true;
			}
			if (!run.isStaged()) {
				return false;
			}
			run.nextWave();
			this.audit.record("apply.rollout-hastened", object(run), null, "wave " + (run.getWave() + 1));
			this.events.publishEvent(new ApplyStarted(run.getId(), this.targets.pbxs(run.getId(), run.getWave())));
			return true;
		}));
	}

	/**
	 * Stops a run: what has not begun never does. What has begun goes on to its end.
	 * @return how many PBXs do not get it
	 */
	int stop(UUID id) {
		var cancelled = this.transaction.execute((_) -> {
			var run = this.runs.lock(id).orElseThrow();
			return (run.getFinishedAt() != null || run.getKind().isOfStop()) ? 0
					: stop(run, this.words.problem(Problem.of("rollout-stopped", this.actor.name()), Locale.ENGLISH),
							this.actor.name());
		});
		return (cancelled != null) ? cancelled : 0;
	}

	private int stop(ApplyRun run, String cause, String who) {
		run.stop(cause, Instant.now(this.clock));
		this.runs.saveAndFlush(run);
		int cancelled = this.targets.cancel(run.getId(), Instant.now(this.clock));
		this.claims.releaseEnded(run.getId());
		this.audit.recordAs(who, "apply.rollout-stopped", object(run), null, cause);
		// nobody of it begins, and the run has to be looked at for its end
		this.events.publishEvent(new ApplyStarted(run.getId(), List.of()));
		return cancelled;
	}

	private static AuditObject object(ApplyRun run) {
		return AuditObject.of("apply", run.getId(), null);
	}

}
