package io.tollgate.apply;

import java.util.Locale;
import java.util.Objects;

import io.tollgate.connector.Candidate;
import io.tollgate.connector.Candidate.Stage;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Session;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One attempt to bring one PBX to what is wanted. It asks the PBX first what it runs, so
 * it goes on wherever another attempt, of this portal or of one that died, has stopped.
 */
@Component
class Push {

	/** So often a PBX may fall back unconfirmed before nobody tries any more. */
	private static final int MOST_SWITCHES = 3;

	private final ApplyRecords records;

	private final Snapshots snapshots;

	private final DesiredConfigs configs;

	private final PbxRegistry registry;

	private final PbxTargets targets;

	private final Connector connector;

	private final DriftJudge judge;

	private final Proof proof;

	private final ChangeWords words;

	private final ApplyProperties properties;

	Push(ApplyRecords records, Snapshots snapshots, DesiredConfigs configs, PbxRegistry registry, PbxTargets targets,
			Connector connector, DriftJudge judge, Proof proof, ChangeWords words, ApplyProperties properties) {
		this.records = records;
		this.snapshots = snapshots;
		this.configs = configs;
		this.registry = registry;
		this.targets = targets;
		this.connector = connector;
		this.judge = judge;
		this.proof = proof;
		this.words = words;
		this.properties = properties;
	}

	Outcome attempt(Pbx pbx, ApplyTarget target) {
		var rules = this.snapshots.read(target.getSnapshot());
		var snapshot = Snapshots.enforced(rules, target.isStopped());
		if (!(this.snapshots.compile(snapshot) instanceof Compiled.Ready ready)) {
			return new Outcome.Refused(Problem.of("not-compiled"));
		}
		// what people review are the rules, with or without a stop
		var reviewed = target.isStopped() ? this.snapshots.checksum(rules) : Checksum.of(ready.config());
		if (!reviewed.equals(target.getChecksum())) {
			return new Outcome.Refused(Problem.of("not-reviewed"));
		}
		var commit = new Commit(target, pbx, snapshot, ready.config());
		try (Session session = this.connector.open(this.targets.of(pbx))) {
			return commit.in(session);
		}
		catch (ConnectorException ex) {
			return commit.failed(ex);
		}
	}

	/** One commit on one PBX, and what is known of it when the line breaks. */
	private final class Commit {

		private final ApplyTarget target;

		private final Pbx pbx;

		private final Snapshot snapshot;

		private final DesiredConfig desired;

		private @Nullable PendingCommit pending;

		private Commit(ApplyTarget target, Pbx pbx, Snapshot snapshot, DesiredConfig desired) {
			this.target = target;
			this.pbx = pbx;
			this.snapshot = snapshot;
			this.desired = desired;
		}

		Outcome in(Session session) {
			var candidate = session.load(this.desired);
			if (candidate.diff().isEmpty()) {
				Integer generation = session.running().generation();
				if (generation != null) {
					answered();
					return (this.target.getSwitches() > 0) ? new Outcome.Applied(generation)
							: new Outcome.NoChange(generation);
				}
			}
			if (this.target.getSwitches() >= MOST_SWITCHES) {
				return new Outcome.RolledBack(Problem.of("never-confirmed", this.target.getSwitches()));
			}
			if (isDrifted(candidate)) {
				return new Outcome.Refused(Problem.of("drifted"));
			}
			this.pending = candidate.commit(Push.this.properties.confirmWithin(), this::at);
			return confirmed(this.pending);
		}

		/**
		 * All that is asked before the confirmation is asked while the PBX writes to its
		 * disk, which the confirmation would wait for.
		 */
		private Outcome confirmed(PendingCommit pending) {
			at(Progress.CONFIRMING);
			reconnect(pending);
			var difference = pending.verify();
			if (!difference.isEmpty()) {
				pending.rollback();
				return new Outcome.RolledBack(
						Problem.of("switched-back", difference.added().size(), difference.removed().size()));
			}
			var proved = Push.this.proof.of(this.snapshot, pending);
			if (proved.problem().isPresent()) {
				pending.rollback();
				return new Outcome.RolledBack(proved.problem().get());
			}
			Push.this.records.proved(this.target.getId(), proved.words());
			pending.confirm();
			answered();
			return new Outcome.Applied(pending.generation());
		}

		/** Rules under which the PBX cannot be reached any more must not last. */
		private void reconnect(PendingCommit pending) {
			try {
				pending.reconnect();
			}
			catch (ConnectorException ex) {
				rollback(pending, ex);
				throw ex;
			}
		}

		private static void rollback(PendingCommit pending, ConnectorException reason) {
			try {
				pending.rollback();
			}
			catch (ConnectorException ex) {
				// then the PBX does it, when its time is up
				reason.addSuppressed(ex);
			}
		}

		/**
		 * Whether it runs something that nobody applied, and that nobody agreed to
		 * overwrite. What is there already just as it is wanted is not overwritten: an
		 * attempt before may have written it.
		 */
		private boolean isDrifted(Candidate candidate) {
			return Push.this.configs.applied(this.pbx.id())
				.map((applied) -> Push.this.judge.judge(this.pbx.id(), candidate.drifts(applied), candidate::drifts))
				.filter((drifts) -> !this.target.overwrites(drifts)
						&& !drifts.unapplied().stream().allMatch(candidate::keeps))
				.isPresent();
		}

		/** What was read back is all of it, the guard included. */
		private void answered() {
			Push.this.registry.contacted(this.pbx.id(), Objects.requireNonNullElse(this.pbx.software(), ""),
					GuardStatus.CURRENT);
		}

		Outcome failed(ConnectorException ex) {
			if (ex.kind() == ConnectorException.Kind.UNREACHABLE) {
				Push.this.registry.unreachable(this.pbx.id(), Push.this.words.problem(ex.problem(), Locale.ENGLISH));
			}
			if (this.pending != null || ex.kind() == ConnectorException.Kind.IN_DOUBT || isOthers(ex.problem())) {
				return new Outcome.InDoubt(ex.problem());
			}
			return (ex.kind() == ConnectorException.Kind.REFUSED) ? new Outcome.Refused(ex.problem())
					: new Outcome.Unreachable(ex.problem());
		}

		/**
		 * An unconfirmed switch, of somebody else or of an attempt before, is over soon.
		 */
		private static boolean isOthers(Problem problem) {
			return problem.code().equals("commit-pending") || problem.code().equals("changed-meanwhile");
		}

		private void at(Stage stage) {
			at(switch (stage) {
				case WRITING -> Progress.WRITING;
				case VERIFYING -> Progress.VERIFYING;
				case SWITCHING -> Progress.SWITCHING;
			});
		}

		private void at(Progress progress) {
			Push.this.records.reached(this.target.getId(), progress);
		}

	}

}
