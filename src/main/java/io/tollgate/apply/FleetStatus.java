package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How each PBX stands to what the portal wants of it. */
@Service
@Transactional(readOnly = true)
public class FleetStatus {

	private final PbxRegistry registry;

	private final PendingChanges pending;

	private final Generations generations;

	private final ApplyTargets targets;

	private final ApplyClaims claims;

	private final Observations observations;

	private final ApplyProperties properties;

	private final Clock clock;

	FleetStatus(PbxRegistry registry, PendingChanges pending, Generations generations, ApplyTargets targets,
			ApplyClaims claims, Observations observations, ApplyProperties properties, Clock clock) {
		this.registry = registry;
		this.pending = pending;
		this.generations = generations;
		this.targets = targets;
		this.claims = claims;
		this.observations = observations;
		this.properties = properties;
		this.clock = clock;
	}

	/** Whether an apply is at work on that PBX. */
	public boolean isApplying(long pbx) {
		return this.claims.isHeld(pbx) && this.registry.find(pbx).isPresent()
				&& atWork(this.targets.latest(pbx).orElse(null)) == PbxStatus.State.APPLYING;
	}

	/** By PBX, in the registry's order. */
	public Map<Long, PbxStatus> all() {
		var newest = this.generations.newest()
			.stream()
			.collect(Collectors.toMap(Generations.Newest::getPbxId, Function.identity()));
		var latest = this.targets.latest()
			.stream()
			.collect(Collectors.toMap(LatestOutcome::pbxId, Function.identity()));
		var waiting = this.pending.counts();
		var busy = this.claims.held();
		var seen = this.observations.all();
		var statuses = new LinkedHashMap<Long, PbxStatus>();
		for (var pbx : this.registry.all()) {
			var head = newest.get(pbx.id());
			int changes = waiting.getOrDefault(pbx.id(), 0);
			var last = latest.get(pbx.id());
			var state = busy.contains(pbx.id()) ? atWork(last) : state(pbx, head, seen.get(pbx.id()), changes);
			statuses.put(pbx.id(),
					new PbxStatus(state, (head != null) ? head.getNumber() : null,
							(head != null) ? head.getAppliedAt() : null, (head != null) ? head.getAppliedBy() : null,
							changes, seenAt(seen.get(pbx.id()))));
		}
		return statuses;
	}

	private static PbxStatus.State atWork(@Nullable LatestOutcome last) {
		return (last != null && last.stage() == Progress.UNSETTLED) ? PbxStatus.State.IN_DOUBT
				: PbxStatus.State.APPLYING;
	}

	private PbxStatus.State state(Pbx pbx, Generations.@Nullable Newest head, Observations.@Nullable Seen seen,
			int changes) {
		if (Boolean.FALSE.equals(pbx.reachable())) {
			return PbxStatus.State.UNREACHABLE;
		}
		if (head == null) {
			return PbxStatus.State.NEVER_APPLIED;
		}
		if (seen != null && seen.drifted() || pbx.guard() == GuardStatus.CHANGED
				|| pbx.guard() == GuardStatus.MISSING) {
			return PbxStatus.State.DRIFTED;
		}
		if (isStale(seen)) {
			return PbxStatus.State.UNKNOWN;
		}
		return (changes > 0) ? PbxStatus.State.PENDING : PbxStatus.State.IN_SYNC;
	}

	private static @Nullable Instant seenAt(Observations.@Nullable Seen seen) {
		return (seen != null) ? seen.seenAt() : null;
	}

	/** Nobody has asked it for so long that nobody knows. */
	private boolean isStale(Observations.@Nullable Seen seen) {
		var at = seenAt(seen);
		return at == null || at.plus(this.properties.stale()).isBefore(Instant.now(this.clock));
	}

	/**
	 * One PBX.
	 *
	 * @param state how it stands
	 * @param generation the generation that was last confirmed there, {@code null} for
	 * none
	 * @param appliedAt when that was
	 * @param appliedBy who applied it
	 * @param pendingChanges how many changes it would get from an apply
	 * @param seenAt when it was last looked at, {@code null} for never
	 */
	public record PbxStatus(State state, @Nullable Integer generation, @Nullable Instant appliedAt,
			@Nullable String appliedBy, int pendingChanges, @Nullable Instant seenAt) {

		public enum State {

			NEVER_APPLIED, IN_SYNC, PENDING, DRIFTED, UNREACHABLE, APPLYING, IN_DOUBT, UNKNOWN;

			/** Whether it does not run what was applied, or nobody knows. */
			boolean isWorse() {
				return this == DRIFTED || this == UNREACHABLE || this == IN_DOUBT || this == UNKNOWN;
			}

		}

	}

}
