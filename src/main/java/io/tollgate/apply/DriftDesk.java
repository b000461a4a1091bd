package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.tollgate.apply.Observations.Seen;
import io.tollgate.audit.CurrentActor;
import io.tollgate.connector.Drift;
import io.tollgate.connector.DriftWords;
import io.tollgate.connector.Problem;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody changed on a PBX by hand, as people speak of it, and what they decide
 * about it.
 */
@Service
public class DriftDesk {

	/** For so long the page of a PBX says that it was repaired. */
	private static final Duration REMEMBERED = Duration.ofHours(24);

	private final PbxRegistry registry;

	private final Observations observations;

	private final Adoption adoption;

	private final Repairs repairs;

	private final ApplyTargets targets;

	private final DriftWords words;

	private final MessageSource messages;

	private final CurrentActor actor;

	private final Clock clock;

	DriftDesk(PbxRegistry registry, Observations observations, Adoption adoption, Repairs repairs, ApplyTargets targets,
			DriftWords words, MessageSource messages, CurrentActor actor, Clock clock) {
		this.registry = registry;
		this.observations = observations;
		this.adoption = adoption;
		this.repairs = repairs;
		this.targets = targets;
		this.words = words;
		this.messages = messages;
		this.actor = actor;
		this.clock = clock;
	}

	/** The PBXs that differ from what was applied. */
	@Transactional(readOnly = true)
	public List<Pbx> differing() {
		var ids = this.observations.all().values().stream().filter(Seen::drifted).map(Seen::pbxId).toList();
		return this.registry.find(ids);
	}

	/** How a PBX differs from what was applied; empty when it does not. */
	@Transactional(readOnly = true)
	public Optional<Found> of(Pbx pbx, Locale locale) {
		var drifts = this.observations.drifts(pbx.id());
		var since = this.observations.of(pbx.id()).map(Seen::driftSince);
		if (drifts.isEmpty() || since.isEmpty()) {
			return Optional.empty();
		}
		var lines = drifts.stream().map((drift) -> line(pbx, drift, locale)).toList();
		return Optional
			.of(new Found(since.get(), lines, drifts.stream().anyMatch((drift) -> drift.kind() != Drift.Kind.ENDPOINT),
					drifts.stream().anyMatch((drift) -> drift.kind() == Drift.Kind.ENDPOINT), Drift.checksum(drifts)));
	}

	private Line line(Pbx pbx, Drift drift, Locale locale) {
		boolean rule = drift.kind() == Drift.Kind.RULES;
		var obstacle = this.adoption.against(pbx, drift);
		return new Line(this.words.line(drift, locale), rule && obstacle == null,
				(rule && obstacle != null) ? this.messages.getMessage(
						"apply.drift.kept." + obstacle.name().toLowerCase(Locale.ROOT).replace('_', '-'), null, locale)
						: "");
	}

	/** Why a PBX could not be looked at lately; empty when it could. */
	@Transactional(readOnly = true)
	public Optional<String> failure(long pbxId) {
		return this.observations.of(pbxId).map(Seen::failure);
	}

	/** The last repair of a PBX, as long as it is worth a word. */
	@Transactional(readOnly = true)
	public Optional<Repaired> repaired(long pbxId) {
		return this.targets.repaired(pbxId, Instant.now(this.clock).minus(REMEMBERED))
			.map((head) -> new Repaired(head.updatedAt(), head.runId(),
					(head.words() != null) ? head.words().lines().toList() : List.of()));
	}

	/**
	 * Brings a PBX back to what was applied to it.
	 * @param seen {@link Found#checksum} of what was decided about
	 */
	StartResult repair(Pbx pbx, String seen) {
		var drifts = this.observations.drifts(pbx.id());
		if (drifts.isEmpty() || !Drift.checksum(drifts).equals(seen)) {
			return new StartResult.ChangedMeanwhile(List.of(pbx.name()));
		}
		var driftSeen = this.observations.of(pbx.id()).map(Seen::driftChecksum).orElse("");
		return this.repairs.start(pbx, this.actor.name(), Problem.of("repair-asked"), drifts, driftSeen);
	}

	/**
	 * Takes into the portal what it can say.
	 * @param seen {@link Found#checksum} of what was decided about
	 * @return how many differences; empty when they are others by now
	 */
	Optional<Integer> adopt(Pbx pbx, String seen) {
		var drifts = this.observations.drifts(pbx.id());
		return Drift.checksum(drifts).equals(seen) ? Optional.of(this.adoption.adopt(pbx, drifts).size())
				: Optional.empty();
	}

	/**
	 * How a PBX differs from what was applied.
	 *
	 * @param since when that was first seen
	 * @param lines a difference each
	 * @param repairable whether an apply would bring some of it back
	 * @param phones whether some is in the configuration of phones, which Tollgate never
	 * writes
	 * @param checksum of all of it
	 */
	public record Found(Instant since, List<Line> lines, boolean repairable, boolean phones, String checksum) {

		/** Whether the portal can say some of it. */
		public boolean adoptable() {
			return this.lines.stream().anyMatch(Line::adoptable);
		}

	}

	/**
	 * One difference.
	 *
	 * @param text in words
	 * @param adoptable whether the portal can say the same
	 * @param kept why it cannot, where somebody might think so; empty for nothing
	 */
	public record Line(String text, boolean adoptable, String kept) {
	}

	/**
	 * A repair.
	 *
	 * @param at when it was through
	 * @param runId its page
	 * @param lines why, and what was brought back
	 */
	public record Repaired(Instant at, UUID runId, List<String> lines) {
	}

}
