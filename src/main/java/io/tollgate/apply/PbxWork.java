package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.connector.Problem;
import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import io.tollgate.keys.SealedException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * What there is to do for one PBX: bring it to what is wanted, or else look whether it
 * still runs that. Asks the database and the PBX how things stand, and remembers nothing:
 * whoever does it next, in whichever portal, goes on from there.
 */
@Component
class PbxWork {

	private static final Logger logger = LoggerFactory.getLogger(PbxWork.class);

	private final PbxRegistry registry;

	private final Keys keys;

	private final ApplyRecords records;

	private final Push push;

	private final PbxWatch watch;

	private final StopKeeper stop;

	private final Observations observations;

	private final ChangeWords words;

	private final Upkeeps upkeeps;

	private final ApplyProperties properties;

	private final ApplyMeters meters;

	private final Clock clock;

	PbxWork(PbxRegistry registry, Keys keys, ApplyRecords records, Push push, PbxWatch watch, StopKeeper stop,
			Observations observations, ChangeWords words, Upkeeps upkeeps, ApplyProperties properties,
			ApplyMeters meters, Clock clock) {
		this.registry = registry;
		this.keys = keys;
		this.records = records;
		this.push = push;
		this.watch = watch;
		this.stop = stop;
		this.observations = observations;
		this.words = words;
		this.upkeeps = upkeeps;
		this.properties = properties;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Does it.
	 * @return until when there is nothing more to do; empty when there is no such PBX
	 */
	Optional<Duration> once(long pbxId) {
		var pbx = this.registry.find(pbxId).orElse(null);
		if (pbx == null) {
			return Optional.empty();
		}
		if (this.keys.seal() != Seal.OPEN) {
			return Optional.of(this.properties.askAgain());
		}
		// lines of the log by PBX, whoever writes them
		try (var _ = MDC.putCloseable("pbx", pbx.name())) {
			return Optional.of(once(pbx));
		}
		catch (SealedException ex) {
			// what has begun goes on when the key is back, as after any other cut
			logger.warn("{}: {}", pbx.name(), ex.getMessage());
			return Optional.of(this.properties.askAgain());
		}
	}

	private Duration once(Pbx pbx) {
		long pbxId = pbx.id();
		var next = this.records.next(pbxId).orElse(null);
		var opening = (next != null) ? opening(pbxId, next) : Optional.<Instant>empty();
		if ((next == null || opening.isPresent()) && this.stop.consider(pbx)) {
			next = this.records.next(pbxId).orElse(null);
			opening = Optional.empty();
		}
		if (next == null) {
			return look(pbx);
		}
		return opening.isEmpty() ? push(pbx, next.id()) : untilWindow(pbx, next, opening.get());
	}

	/**
	 * When the window opens that has to be waited for; empty for now. What has begun goes
	 * on.
	 */
	private Optional<Instant> opening(long pbxId, NextTarget next) {
		var window = next.inWindow() && !next.stage().isBegun() ? this.upkeeps.of(pbxId).window() : null;
		var now = Instant.now(this.clock);
		return (window == null || window.isOpen(now)) ? Optional.empty() : Optional.of(window.nextOpening(now));
	}

	private Duration untilWindow(Pbx pbx, NextTarget next, Instant opening) {
		if (next.stage() != Progress.WINDOW) {
			this.records.waits(next.id(), Progress.WINDOW, said(Problem.of("window", when(pbx.id(), opening))));
		}
		var pause = look(pbx);
		var closed = Duration.between(Instant.now(this.clock), opening).plusMillis(1);
		return (closed.compareTo(pause) < 0) ? closed : pause;
	}

	private String when(long pbxId, Instant opening) {
		var window = this.upkeeps.of(pbxId).window();
		var zone = (window != null) ? window.zone() : ZoneOffset.UTC;
		return DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH).format(opening.atZone(zone)) + " " + zone;
	}

	/** Whether something is wanted of it that nobody has tried yet. */
	boolean hasNew(long pbxId) {
		return this.records.next(pbxId).filter((next) -> next.stage() == Progress.QUEUED).isPresent();
	}

	private Duration push(Pbx pbx, long targetId) {
		var target = this.records.begin(targetId).orElse(null);
		if (target == null) {
			return this.properties.askAgain();
		}
		try (var _ = MDC.putCloseable("run", target.getRunId().toString())) {
			return push(pbx, targetId, target);
		}
	}

	private Duration push(Pbx pbx, long targetId, ApplyTarget target) {
		var outcome = this.meters.timed(() -> attempt(pbx, target));
		switch (outcome) {
			case Outcome.Unreachable gone -> {
				int misses = this.observations.missed(pbx.id());
				// what may have been confirmed there is asked for before anything takes
				// its place
				var stage = (this.records.switches(targetId) > 0) ? Progress.UNSETTLED : Progress.WAITING;
				this.records.waits(targetId, stage, said(gone.problem()));
				return pause(misses);
			}
			case Outcome.InDoubt doubt -> {
				this.records.waits(targetId, Progress.UNSETTLED, said(doubt.problem()));
				return this.properties.askAgain();
			}
			case Outcome.Applied applied -> end(pbx, targetId, outcome, applied.generation(), null);
			case Outcome.NoChange same -> end(pbx, targetId, outcome, same.generation(), null);
			case Outcome.Refused refused -> end(pbx, targetId, outcome, null, refused.problem());
			case Outcome.RolledBack back -> end(pbx, targetId, outcome, null, back.problem());
		}
		return this.properties.watchEvery();
	}

	private Outcome attempt(Pbx pbx, ApplyTarget target) {
		try {
			return this.push.attempt(pbx, target);
		}
		catch (SealedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.error("apply to {}", pbx.name(), ex);
			var problem = Problem.of("unexpected", ex.getClass().getSimpleName());
			return (this.records.switches(target.getId()) > 0) ? new Outcome.InDoubt(problem)
					: new Outcome.Refused(problem);
		}
	}

	private void end(Pbx pbx, long targetId, Outcome outcome, @Nullable Integer generation, @Nullable Problem problem) {
		this.records.ended(targetId, outcome, (problem != null) ? said(problem) : null);
		logger.info("{}: {}, {}", pbx.name(), outcome.getClass().getSimpleName(),
				(problem != null) ? said(problem) : "generation " + generation);
		if (generation != null) {
			this.stop.consider(pbx);
		}
		this.records.finishRuns();
	}

	private Duration look(Pbx pbx) {
		return this.watch.look(pbx) ? this.properties.watchEvery() : pause(this.observations.missed(pbx.id()));
	}

	/**
	 * The longer it is gone the longer the pause, so that many that are gone cost little.
	 */
	private Duration pause(int misses) {
		var pause = this.properties.retry().multipliedBy(1L << Math.clamp(misses - 1, 0, 10));
		return (pause.compareTo(this.properties.retryMost()) < 0) ? pause : this.properties.retryMost();
	}

	private String said(Problem problem) {
		return this.words.problem(problem, Locale.ENGLISH);
	}

}
