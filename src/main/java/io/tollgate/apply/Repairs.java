package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.connector.Drift;
import io.tollgate.connector.DriftWords;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.pbx.Pbx;
import io.tollgate.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a PBX back to what was applied to it: by itself where nobody's work is lost by
 * that, as it has lost its rules or has come back with an older generation, whole; and
 * where hands changed it when the policy or a person says so.
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

	private final Policies policies;

	private final ChangeWords words;

	private final DriftWords driftWords;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Repairs(Generations generations, ApplyTargets targets, Snapshots snapshots, RunStarter starter, Policies policies,
			ChangeWords words, DriftWords driftWords, TransactionTemplate transaction, Clock clock) {
		this.generations = generations;
		this.targets = targets;
		this.snapshots = snapshots;
		this.starter = starter;
		this.policies = policies;
		this.words = words;
		this.driftWords = driftWords;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Starts a repair where one is due. */
	void consider(Pbx pbx, Running running, Drifts drifts, @Nullable Instant since) {
		if (running.unconfirmed()) {
			return;
		}
		var now = Instant.now(this.clock);
		var lost = lost(drifts);
		if (lost.isPresent()) {
			begin(pbx, lost.get(), drifts, now.minus(PAUSE));
		}
		else if (isByHand(drifts) && this.policies.repairsByItself(pbx.policyId())) {
			// an account that may not write the guard will not be able to later either
			boolean guardAlone = drifts.unapplied().isEmpty();
			begin(pbx, Problem.of("hand-repaired"), drifts, (guardAlone && since != null) ? since : now.minus(PAUSE));
		}
	}

	private void begin(Pbx pbx, Problem reason, Drifts drifts, Instant since) {
		if (!this.targets.hasFailedRepair(pbx.id(), since)) {
			var result = start(pbx, ACTOR, reason, drifts.all(), drifts.checksum());
			logger.info("{}: {} {}", pbx.name(), reason.code(), result);
		}
	}

	/** Rules that went without anybody's will. */
	private static Optional<Problem> lost(Drifts drifts) {
		return drifts.all()
			.stream()
			.filter((drift) -> drift.kind() == Drift.Kind.GENERATION && !drifts.unapplied().contains(drift))
			.findFirst()
			.map((drift) -> (drift.found() == null) ? Problem.of("rules-lost")
					: Problem.of("older-generation", drift.found()));
	}

	/** No apply changes where a phone's calls begin. */
	private static boolean isByHand(Drifts drifts) {
		return drifts.all().stream().anyMatch((drift) -> drift.kind() != Drift.Kind.ENDPOINT);
	}

	/**
	 * Brings a PBX back to what was applied to it last.
	 * @param actor who answers for it
	 * @param drifts what is brought back
	 * @param driftSeen checksum of what is knowingly overwritten
	 */
	StartResult start(Pbx pbx, String actor, Problem reason, List<Drift> drifts, String driftSeen) {
		var said = this.words.problem(reason, Locale.ENGLISH);
		var lines = Stream
			.concat(Stream.of(said),
					drifts.stream()
						.filter((drift) -> drift.kind() != Drift.Kind.ENDPOINT)
						.map((drift) -> this.driftWords.line(drift, Locale.ENGLISH)))
			.collect(Collectors.joining("\n"));
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var head = this.generations.findFirstByPbxIdOrderByIdDesc(pbx.id()).orElseThrow();
			var wanted = new Wanted(pbx.id(), pbx.name(), head.getNumber(), lines, head.getChecksum(), driftSeen,
					this.snapshots.read(head.getSnapshot()));
			var started = this.starter.start(RunKind.REPAIR, actor, null, List.of(wanted));
			if (!(started instanceof StartResult.Started)) {
				status.setRollbackOnly();
			}
			return started;
		}));
	}

}
