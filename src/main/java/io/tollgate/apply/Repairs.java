package io.tollgate.apply;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.connector.Session;
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

	private final Generations generations;

	private final Snapshots snapshots;

	private final RunStarter starter;

	private final ChangeWords words;

	private final TransactionTemplate transaction;

	Repairs(Generations generations, Snapshots snapshots, RunStarter starter, ChangeWords words,
			TransactionTemplate transaction) {
		this.generations = generations;
		this.snapshots = snapshots;
		this.starter = starter;
		this.words = words;
		this.transaction = transaction;
	}

	/** Starts a repair where one is due. */
	void consider(Session session, Pbx pbx, Running running, DriftNote drift) {
		if (drift.isEmpty() || running.unconfirmed()) {
			return;
		}
		reason(session, pbx, running).ifPresent((reason) -> start(pbx, reason, drift));
	}

	/** Empty when somebody's hand made the difference. */
	private Optional<Problem> reason(Session session, Pbx pbx, Running running) {
		var number = running.generation();
		if (number == null || running.lines().isEmpty()) {
			return Optional.of(Problem.of("rules-lost"));
		}
		return this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(pbx.id(), number)
			.filter((older) -> isNotNewest(pbx, older))
			.filter((older) -> this.snapshots
				.compile(this.snapshots.read(older.getSnapshot())) instanceof Compiled.Ready ready
					&& session.load(ready.config()).diff().isEmpty())
			.map((older) -> Problem.of("older-generation", number));
	}

	private boolean isNotNewest(Pbx pbx, Generation older) {
		return this.generations.findFirstByPbxIdOrderByIdDesc(pbx.id())
			.filter((newest) -> !Objects.equals(newest.getId(), older.getId()))
			.isPresent();
	}

	private void start(Pbx pbx, Problem reason, DriftNote drift) {
		var said = this.words.problem(reason, java.util.Locale.ENGLISH);
		var result = this.transaction.execute((status) -> {
			var head = this.generations.findFirstByPbxIdOrderByIdDesc(pbx.id()).orElseThrow();
			var wanted = new Wanted(pbx.id(), pbx.name(), head.getNumber(), said, head.getChecksum(), drift.checksum(),
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
