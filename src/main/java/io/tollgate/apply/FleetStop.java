package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.connector.DriftWords;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Withdraws all ways abroad everywhere at once, and gives them back. It only says so in
 * the database; each PBX is brought to it by its job, those that do not answer when they
 * are back. Nobody reviews a stop: it takes away only.
 */
@Service
class FleetStop {

	private final StopState state;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final Generations generations;

	private final ApplyTargets targets;

	private final Observations observations;

	private final DriftWords driftWords;

	private final RunStarter starter;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final MessageSource messages;

	private final Clock clock;

	FleetStop(StopState state, PbxRegistry registry, VisiblePbxs visible, Generations generations, ApplyTargets targets,
			Observations observations, DriftWords driftWords, RunStarter starter, AuditTrail audit, CurrentActor actor,
			MessageSource messages, Clock clock) {
		this.state = state;
		this.registry = registry;
		this.visible = visible;
		this.generations = generations;
		this.targets = targets;
		this.observations = observations;
		this.driftWords = driftWords;
		this.starter = starter;
		this.audit = audit;
		this.actor = actor;
		this.messages = messages;
		this.clock = clock;
	}

	/** How many PBXs enforce rules of ours. */
	@Transactional(readOnly = true)
	public int pbxs() {
		return this.generations.newest().size();
	}

	/**
	 * Stops. A second press finds what the first has started. It takes from every PBX, so
	 * it is for people who are not limited to some.
	 * @return the run that brings the PBXs to it; empty when there is nothing to stop
	 */
	@Transactional
	public Optional<UUID> start(@Nullable String reason) {
		this.visible.requireUnlimited();
		var on = this.state.current();
		if (on.isPresent()) {
			return on.map(StopState.Stop::runId);
		}
		var newest = this.generations.newest();
		var wanted = wanted(newest, Set.copyOf(this.targets.begun()), Wanted.ANY_DRIFT, "stop.words");
		if (wanted.isEmpty()) {
			return Optional.empty();
		}
		// before the run, which takes a while: who presses at the same moment waits here
		if (!this.state.set(Instant.now(this.clock), this.actor.name(), reason)) {
			return this.state.current().map(StopState.Stop::runId);
		}
		var run = run(RunKind.STOP, Mandate.of(this.actor.name(), reason), wanted);
		this.state.brings(run);
		this.audit.record("fleet.stopped", AuditObject.of("fleet", null, count(wanted)), null, reason);
		return Optional.of(run);
	}

	/**
	 * Ends the stop: every PBX gets the rules back that it had. What was only edited
	 * stays edited.
	 * @param reason for the audit log, empty for none
	 */
	@Transactional
	public Lifted lift(String reason) {
		return lift(Mandate.of(this.actor.name(), reason.isEmpty() ? null : reason));
	}

	/** The same, on the word of whoever that is. */
	@Transactional(propagation = Propagation.MANDATORY)
	Lifted lift(Mandate mandate) {
		this.visible.requireUnlimited();
		var stop = this.state.current().orElse(null);
		if (stop == null || !this.state.clear()) {
			return new Lifted(false, Optional.empty());
		}
		var newest = this.generations.newest().stream().filter(Generations.Newest::isStopped).toList();
		var waiting = new HashSet<>(this.targets.begun());
		waiting.addAll(this.targets.open(RunKind.STOP));
		var wanted = wanted(newest, waiting, "", "stop.lift.words");
		this.audit.recordAs(mandate.actor(), "fleet.stop-lifted", AuditObject.of("fleet", null, count(wanted)),
				"stopped by " + stop.by() + " at " + stop.since(), mandate.reason());
		return new Lifted(true, wanted.isEmpty() ? Optional.empty() : Optional.of(run(RunKind.LIFT, mandate, wanted)));
	}

	/** Those PBXs in the registry's order, and what runs there now. */
	private List<Wanted> wanted(List<Generations.Newest> newest, Set<Long> begun, String driftSeen, String words) {
		var said = this.messages.getMessage(words, null, Locale.ENGLISH);
		var wanted = new ArrayList<Wanted>();
		var drifted = this.observations.all();
		var heads = newest.stream()
			.collect(Collectors.toMap(Generations.Newest::getPbxId, Generations.Newest::getNumber));
		for (var pbx : this.registry.all()) {
			if (!heads.containsKey(pbx.id()) && !begun.contains(pbx.id())) {
				continue;
			}
			var seen = drifted.get(pbx.id());
			boolean overwrites = !driftSeen.isEmpty() && seen != null && !seen.driftChecksum().isEmpty();
			wanted.add(Wanted.asItRuns(pbx.id(), pbx.name(), heads.get(pbx.id()),
					overwrites ? said + "\n" + overwritten(pbx) : said, driftSeen));
		}
		return wanted;
	}

	/** What a hand has changed there is lost by a stop, so it is written down. */
	private String overwritten(Pbx pbx) {
		return this.messages.getMessage("stop.words.drift",
				new Object[] { this.observations.drifts(pbx.id())
					.stream()
					.map((drift) -> this.driftWords.line(drift, Locale.ENGLISH))
					.collect(Collectors.joining("; ")) },
				Locale.ENGLISH);
	}

	private UUID run(RunKind kind, Mandate mandate, List<Wanted> wanted) {
		return switch (this.starter.start(kind, mandate, wanted, Rollout.AT_ONCE)) {
			case StartResult.Started started -> started.runId();
			case StartResult other -> throw new IllegalStateException(other.toString());
		};
	}

	private static String count(List<Wanted> wanted) {
		return (wanted.size() == 1) ? "1 PBX" : wanted.size() + " PBXs";
	}

	/**
	 * What became of a press of Lift.
	 *
	 * @param wasOn whether there was a stop to lift
	 * @param run the run that brings the PBXs to it; empty when there is nothing to bring
	 */
	record Lifted(boolean wasOn, Optional<UUID> run) {
	}

}
