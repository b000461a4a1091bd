package io.tollgate.apply;

import java.util.Locale;
import java.util.Objects;

import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.connector.Session;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks whether a PBX runs what was applied to it, and has it be brought back to that.
 */
@Component
class PbxWatch {

	private static final Logger logger = LoggerFactory.getLogger(PbxWatch.class);

	private final PbxRegistry registry;

	private final PbxTargets targets;

	private final Snapshots snapshots;

	private final Connector connector;

	private final DriftJudge judge;

	private final Observations observations;

	private final Repairs repairs;

	private final ChangeWords words;

	PbxWatch(PbxRegistry registry, PbxTargets targets, Snapshots snapshots, Connector connector, DriftJudge judge,
			Observations observations, Repairs repairs, ChangeWords words) {
		this.registry = registry;
		this.targets = targets;
		this.snapshots = snapshots;
		this.connector = connector;
		this.judge = judge;
		this.observations = observations;
		this.repairs = repairs;
		this.words = words;
	}

	/** Whether it answered. */
	boolean look(Pbx pbx) {
		try (Session session = this.connector.open(this.targets.of(pbx))) {
			look(session, pbx);
			return true;
		}
		catch (ConnectorException ex) {
			var said = this.words.problem(ex.problem(), Locale.ENGLISH);
			if (ex.kind() == Kind.REFUSED) {
				this.observations.failed(pbx.id(), said);
				return true;
			}
			this.registry.unreachable(pbx.id(), said);
			return false;
		}
		catch (RuntimeException ex) {
			if (this.registry.find(pbx.id()).isEmpty()) {
				logger.info("{} was removed while it was compared", pbx.name());
				return true;
			}
			// what it runs is unknown then, and the page says so
			logger.error("{} cannot be compared", pbx.name(), ex);
			this.observations.failed(pbx.id(),
					this.words.problem(Problem.of("unexpected", ex.getClass().getSimpleName()), Locale.ENGLISH));
			return true;
		}
	}

	private void look(Session session, Pbx pbx) {
		var snapshot = this.snapshots.applied(pbx.id());
		if (snapshot.isEmpty()) {
			var running = session.running();
			answered(pbx, running);
			this.observations.store(pbx.id(), running.generation(), Drifts.NONE);
		}
		else if (this.snapshots.compile(snapshot.get()) instanceof Compiled.Ready ready) {
			var seen = session.observe(ready.config());
			answered(pbx, seen.running());
			var drifts = this.judge.judge(pbx.id(), seen.drifts(), (other) -> session.observe(other).drifts());
			this.observations.store(pbx.id(), seen.running().generation(), drifts);
			this.repairs.consider(pbx, seen.running(), drifts,
					this.observations.of(pbx.id()).map(Observations.Seen::driftSince).orElse(null));
		}
		else {
			this.observations.failed(pbx.id(), this.words.problem(Problem.of("not-comparable"), Locale.ENGLISH));
		}
	}

	/**
	 * A contact is noted when it says something new: every note is a reason to look
	 * closer.
	 */
	private void answered(Pbx pbx, Running running) {
		var guard = GuardStatus.valueOf(running.guard().name());
		if (!Boolean.TRUE.equals(pbx.reachable()) || pbx.guard() != guard) {
			this.registry.contacted(pbx.id(), Objects.requireNonNullElse(pbx.software(), ""), guard);
		}
	}

}
