package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.connector.Drift;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.pbx.Pbx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a PBX back to what was applied to it, where nobody's work is lost by that: it
 * has lost its rules, or has come back with an older generation, whole.
 */
@Component
class Repairs {

	/** Who is said to have done it. */
	static final String ACTOR = "Tollgate";

	private static final Logger logger = LoggerFactory.getLogger(Repairs.class);

	/** After a repair that came to nothing, so that they do not fill the history. */
	private static final Duration PAUSE = Duration.ofMinutes(10);

	private final Generations generations;

	private final ApplyTargets targets;

	private final Snapshots snapshots;

	private final RunStarter starter;

	private final ChangeWords words;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Repairs(Generations generations, ApplyTargets targets, Snapshots snapshots, RunStarter starter, ChangeWords words,
			TransactionTemplate transaction, Clock clock) {
		this.generations = generations;
		this.targets = targets;
		this.snapshots = snapshots;
		this.starter = starter;
		this.words = words;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Starts a repair where one is due. */
	void consider(Pbx pbx, Running running, Drifts drifts) {
		if (!running.unconfirmed()) {
			reason(drifts)
				.filter((reason) -> !this.targets.hasFailedRepair(pbx.id(), Instant.now(this.clock).minus(PAUSE)))
				.ifPresent((reason) -> start(pbx, reason, drifts));
		}
	}

	/** Empty when somebody's hand made the difference. */
	private static Optional<Problem> reason(Drifts drifts) {
		return drifts.all()
			.stream()
			.filter((drift) -> drift.kind() == Drift.Kind.GENERATION && !drifts.unapplied().contains(drift))
			.findFirst()
			.map((drift) -> (drift.found() == null) ? Problem.of("rules-lost")
					: Problem.of("older-generation", drift.found()));
	}

	private void start(Pbx pbx, Problem reason, Drifts drifts) {
		var said = this.words.problem(reason, Locale.ENGLISH);
		var result = this.transaction.execute((status) -> {
			var head = this.generations.findFirstByPbxIdOrderByIdDesc(pbx.id()).orElseThrow();
			var wanted = new Wanted(pbx.id(), pbx.name(), head.getNumber(), said, head.getChecksum(), drifts.checksum(),
					this.snapshots.read(head.getSnapshot()));
			var started = this.starter.start(RunKind.REPAIR, ACTOR, said, List.of(wanted));
			if (!(started instanceof StartResult.Started)) {
				status.setRollbackOnly();
			}
			return started;
		});
		logger.info("{}: {} {}", pbx.name(), said, result);
	}

}
