package io.tollgate.apply;

import java.util.Locale;
import java.util.Objects;

import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
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

	private final DesiredConfigs configs;

	private final Connector connector;

	private final Observations observations;

	private final Repairs repairs;

	private final ChangeWords words;

	PbxWatch(PbxRegistry registry, PbxTargets targets, DesiredConfigs configs, Connector connector,
			Observations observations, Repairs repairs, ChangeWords words) {
		this.registry = registry;
		this.targets = targets;
		this.configs = configs;
		this.connector = connector;
		this.observations = observations;
		this.repairs = repairs;
		this.words = words;
	}

	/** Whether it answered. */
	boolean look(Pbx pbx) {
		try (Session session = this.connector.open(this.targets.of(pbx))) {
			var running = session.running();
			answered(pbx, running);
			var drift = drift(session, pbx);
			this.observations.store(pbx.id(), running.generation(), drift);
			this.repairs.consider(session, pbx, running, drift);
			return true;
		}
		catch (ConnectorException ex) {
			logger.debug("{} does not say what it runs: {}", pbx.name(), ex.getMessage());
			if (ex.kind() == Kind.REFUSED) {
				return true;
			}
			this.registry.unreachable(pbx.id(), this.words.problem(ex.problem(), Locale.ENGLISH));
			return false;
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

	private DriftNote drift(Session session, Pbx pbx) {
		return this.configs.applied(pbx.id())
			.map((applied) -> DriftNote.between(session.load(applied).diff()))
			.orElse(DriftNote.NONE);
	}

}
