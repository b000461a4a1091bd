package io.tollgate.apply;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.AppliedCodes;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the PBXs run, for the pages that mark what is not applied yet. Snapshots are kept
 * by generation: they never change.
 */
@Service
@Transactional(readOnly = true)
class AppliedState implements AppliedCodes {

	private final PbxRegistry registry;

	private final Generations generations;

	private final Snapshots snapshots;

	private final Extensions extensions;

	private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

	AppliedState(PbxRegistry registry, Generations generations, Snapshots snapshots, Extensions extensions) {
		this.registry = registry;
		this.generations = generations;
		this.snapshots = snapshots;
		this.extensions = extensions;
	}

	/** The policy as the PBX that was served last runs it. */
	@Override
	public Optional<Set<String>> appliedCodes(long policyId) {
		return latest(policyId).map((snapshot) -> snapshot.policy().allowedCodes());
	}

	/** In the transaction that writes the generation down. */
	@EventListener
	@Transactional
	void on(Generation.Confirmed confirmed) {
		this.extensions.applied(confirmed.pbxId(), this.snapshots.read(confirmed.snapshot()).extensions());
	}

	/** What the PBX of a policy that was applied to last runs. */
	Optional<Snapshot> latest(long policyId) {
		var served = this.registry.ofPolicy(policyId).stream().map(Pbx::id).toList();
		return this.generations.newest()
			.stream()
			.filter((head) -> served.contains(head.getPbxId()))
			.sorted(Comparator.comparing(Generations.Newest::getAppliedAt).reversed())
			.flatMap((head) -> snapshot(head).stream())
			.filter((snapshot) -> snapshot.policy().id() == policyId)
			.findFirst();
	}

	private Optional<Snapshot> snapshot(Generations.Newest head) {
		var found = this.kept.get(head.getPbxId());
		if (found != null && found.generationId() == head.getId()) {
			return Optional.of(found.snapshot());
		}
		var read = this.generations.findById(head.getId())
			.map((generation) -> this.snapshots.read(generation.getSnapshot()));
		read.ifPresent((snapshot) -> this.kept.put(head.getPbxId(), new Kept(head.getId(), snapshot)));
		return read;
	}

	private record Kept(long generationId, Snapshot snapshot) {
	}

}
