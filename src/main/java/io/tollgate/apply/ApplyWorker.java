package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.tollgate.connector.Candidate.Stage;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Session;
import io.tollgate.connector.Target;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Brings each PBX of an apply to its configuration: one thread a PBX, so many at a time.
 */
@Component
class ApplyWorker implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ApplyWorker.class);

	/** PBXs at a time. */
	private static final int PARALLEL = 16;

	/** How long a PBX keeps a switch that nobody confirmed. */
	static final Duration REVERT_IN = Duration.ofSeconds(30);

	private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

	private final ApplyRecords records;

	private final Snapshots snapshots;

	private final PbxRegistry registry;

	private final PbxTargets targets;

	private final Connector connector;

	private final ChangeWords words;

	private final Clock clock;

	private final Semaphore places = new Semaphore(PARALLEL);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	ApplyWorker(ApplyRecords records, Snapshots snapshots, PbxRegistry registry, PbxTargets targets,
			Connector connector, ChangeWords words, Clock clock) {
		this.records = records;
		this.snapshots = snapshots;
		this.registry = registry;
		this.targets = targets;
		this.connector = connector;
		this.words = words;
		this.clock = clock;
	}

	@TransactionalEventListener
	void on(ApplyStarted started) {
		started.targetIds().forEach((id) -> this.threads.submit(() -> run(id, this::apply)));
	}

	/**
	 * After a portal died in the middle of an apply its PBXs have decided by their own
	 * clock; they are asked.
	 */
	@Scheduled(fixedDelay = 15, initialDelay = 2, timeUnit = TimeUnit.SECONDS)
	void adoptOrphans() {
		for (long id : this.records.orphans()) {
			if (this.records.adopt(id)) {
				this.threads.submit(() -> run(id, this::settle));
			}
		}
	}

	private void run(long targetId, LongFunction<Outcome> work) {
		Outcome outcome;
		try {
			this.places.acquire();
			try {
				outcome = work.apply(targetId);
			}
			finally {
				this.places.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			outcome = new Outcome.InDoubt(Problem.of("portal-stopped"));
		}
		catch (RuntimeException ex) {
			logger.error("apply target {}", targetId, ex);
			outcome = new Outcome.InDoubt(Problem.of("unexpected", ex.getClass().getSimpleName()));
		}
		this.records.ended(targetId, outcome, cause(outcome));
	}

	private @Nullable String cause(Outcome outcome) {
		var problem = switch (outcome) {
			case Outcome.Applied applied -> null;
			case Outcome.NoChange same -> null;
			case Outcome.Refused refused -> refused.problem();
			case Outcome.RolledBack back -> back.problem();
			case Outcome.Unreachable unreachable -> unreachable.problem();
			case Outcome.InDoubt doubt -> doubt.problem();
		};
		return (problem != null) ? this.words.problem(problem, Locale.ENGLISH) : null;
	}

	private Outcome apply(long targetId) {
		return with(targetId, (commit) -> {
			if (!commit.reviewed) {
				return new Outcome.Refused(Problem.of("not-reviewed"));
			}
			this.records.reached(targetId, Progress.CONNECTING);
			try (Session session = this.connector.open(commit.target)) {
				return commit.in(session);
			}
			catch (ConnectorException ex) {
				return commit.failed(ex);
			}
		});
	}

	private Outcome settle(long targetId) {
		return with(targetId, (commit) -> commit.settled(Problem.of("portal-stopped")));
	}

	private Outcome with(long targetId, Function<Commit, Outcome> work) {
		var row = this.records.target(targetId);
		var pbx = this.registry.find(row.getPbxId()).orElse(null);
		if (pbx == null) {
			return new Outcome.Refused(Problem.of("pbx-removed", row.getPbxName()));
		}
		if (!(this.snapshots.compile(this.snapshots.read(row.getSnapshot())) instanceof Compiled.Ready ready)) {
			return new Outcome.Refused(Problem.of("not-compiled"));
		}
		return work.apply(new Commit(targetId, pbx, this.targets.of(pbx), ready.config(),
				Checksum.of(ready.config()).equals(row.getChecksum())));
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

	/** One commit on one PBX, and what is known of it when the line breaks. */
	private final class Commit {

		private final long targetId;

		private final Pbx pbx;

		private final Target target;

		private final DesiredConfig desired;

		/** Whether the rules compile to what was reviewed and checked. */
		private final boolean reviewed;

		private @Nullable PendingCommit pending;

		private Commit(long targetId, Pbx pbx, Target target, DesiredConfig desired, boolean reviewed) {
			this.targetId = targetId;
			this.pbx = pbx;
			this.target = target;
			this.desired = desired;
			this.reviewed = reviewed;
		}

		Outcome in(Session session) {
			var candidate = session.load(this.desired);
			if (candidate.diff().isEmpty()) {
				Integer generation = session.running().generation();
				if (generation != null) {
					answered();
					return new Outcome.NoChange(generation);
				}
			}
			this.pending = candidate.commit(REVERT_IN, this::at);
			at(Progress.CONFIRMING);
			var difference = this.pending.verify();
			if (!difference.isEmpty()) {
				this.pending.rollback();
				return new Outcome.RolledBack(
						Problem.of("read-back-differs", difference.added().size(), difference.removed().size()));
			}
			this.pending.confirm();
			answered();
			return new Outcome.Applied(this.pending.generation());
		}

		/** What was read back is all of it, the guard included. */
		private void answered() {
			ApplyWorker.this.registry.contacted(this.pbx.id(), Objects.requireNonNullElse(this.pbx.software(), ""),
					GuardStatus.CURRENT);
		}

		Outcome failed(ConnectorException ex) {
			if (ex.kind() == ConnectorException.Kind.UNREACHABLE) {
				ApplyWorker.this.registry.unreachable(this.pbx.id(),
						ApplyWorker.this.words.problem(ex.problem(), Locale.ENGLISH));
			}
			boolean switched = this.pending != null || ex.kind() == ConnectorException.Kind.IN_DOUBT;
			if (switched) {
				return settled(ex.problem());
			}
			return (ex.kind() == ConnectorException.Kind.REFUSED) ? new Outcome.Refused(ex.problem())
					: new Outcome.Unreachable(ex.problem());
		}

		/**
		 * After a break at the switch: the PBX decides by its own clock, and then it can
		 * be asked.
		 */
		Outcome settled(Problem problem) {
			var until = Instant.now(ApplyWorker.this.clock).plus(REVERT_IN).plus(ASK_AGAIN.multipliedBy(2));
			while (Instant.now(ApplyWorker.this.clock).isBefore(until)) {
				var known = asked(problem);
				if (known != null) {
					return known;
				}
				try {
					Thread.sleep(ASK_AGAIN);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					break;
				}
			}
			return new Outcome.InDoubt(problem);
		}

		private @Nullable Outcome asked(Problem problem) {
			try (Session session = ApplyWorker.this.connector.open(this.target)) {
				var running = session.running();
				if (running.unconfirmed()) {
					return null;
				}
				var generation = running.generation();
				if (generation != null && session.load(this.desired).diff().isEmpty()) {
					answered();
					return new Outcome.Applied(generation);
				}
				return new Outcome.RolledBack(problem);
			}
			catch (ConnectorException ex) {
				logger.info("{} cannot be asked yet: {}", this.pbx.name(), ex.getMessage());
				return null;
			}
		}

		private void at(Stage stage) {
			at(switch (stage) {
				case WRITING -> Progress.WRITING;
				case VERIFYING -> Progress.VERIFYING;
				case SWITCHING -> Progress.SWITCHING;
			});
		}

		private void at(Progress progress) {
			ApplyWorker.this.records.reached(this.targetId, progress);
		}

	}

}
