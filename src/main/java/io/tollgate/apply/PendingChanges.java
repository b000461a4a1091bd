package io.tollgate.apply;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.WorkingWeek;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is edited but not applied. Derived, never stored: what would be compiled now is
 * compared with what each PBX was proved to run, so an edit that is undone is no change.
 * Kept per PBX until one of the revisions it was made from moves.
 */
@Service
@Transactional(readOnly = true)
public class PendingChanges {

	private final PbxRegistry registry;

	private final Policies policies;

	private final WorkingWeek week;

	private final Generations generations;

	private final Snapshots snapshots;

	private final Map<Long, Known> known = new ConcurrentHashMap<>();

	PendingChanges(PbxRegistry registry, Policies policies, WorkingWeek week, Generations generations,
			Snapshots snapshots) {
		this.registry = registry;
		this.policies = policies;
		this.week = week;
		this.generations = generations;
		this.snapshots = snapshots;
	}

	/** Every PBX, in the registry's order. */
	public List<PbxPending> all() {
		var revisions = this.policies.revisions();
		long hours = this.week.revision();
		boolean sealed = this.registry.sealed();
		var newest = newest();
		var pbxs = this.registry.all();
		this.known.keySet().retainAll(pbxs.stream().map(Pbx::id).collect(Collectors.toSet()));
		return pbxs.stream().map((pbx) -> {
			var head = newest.get(pbx.id());
			var basis = new Basis(pbx.name(), pbx.policyId(), pbx.revision(),
					revisions.getOrDefault(pbx.policyId(), 0L), hours, (head != null) ? head.getId() : 0, sealed);
			var found = this.known.get(pbx.id());
			if (found == null || !found.basis().equals(basis)) {
				found = new Known(basis, compare(pbx, head));
				this.known.put(pbx.id(), found);
			}
			return found.pending();
		}).toList();
	}

	/** The whole fleet in one line. */
	public PendingSummary summary() {
		return summary(all());
	}

	/** These PBXs in one line. */
	static PendingSummary summary(List<PbxPending> pbxs) {
		var waiting = pbxs.stream().filter((pending) -> !pending.changes().isEmpty()).toList();
		var distinct = new HashSet<List<Object>>();
		var changes = waiting.stream()
			.flatMap(
					(pending) -> pending.changes().stream().filter((change) -> distinct.add(identity(pending, change))))
			.toList();
		return new PendingSummary(changes.size(), changes, waiting.size());
	}

	/** The number of changes that wait on one PBX. */
	public Map<Long, Integer> counts() {
		return all().stream().collect(Collectors.toMap(PbxPending::pbxId, (pending) -> pending.changes().size()));
	}

	/** An edit of a policy is one change, on however many PBXs it shows. */
	private static List<Object> identity(PbxPending pending, Change change) {
		return switch (change.kind().scope()) {
			case PBX -> List.of(change.kind(), change.subject(), "pbx", pending.pbxId());
			case POLICY -> List.of(change.kind(), change.subject(), "policy", pending.policyId());
			case COMPANY -> List.of(change.kind(), change.subject());
		};
	}

	private Map<Long, Generations.Newest> newest() {
		return this.generations.newest()
			.stream()
			.collect(Collectors.toMap(Generations.Newest::getPbxId, Function.identity()));
	}

	private PbxPending compare(Pbx pbx, Generations.@Nullable Newest head) {
		var draft = this.snapshots.draft(pbx);
		var compiled = this.snapshots.compile(draft);
		Integer generation = (head != null) ? head.getNumber() : null;
		var checksum = (compiled instanceof Compiled.Ready ready) ? Checksum.of(ready.config()) : "";
		var warnings = (compiled instanceof Compiled.Ready ready) ? ready.warnings() : List.<String>of();
		var problems = (compiled instanceof Compiled.Rejected rejected) ? rejected.problems() : List.<String>of();
		var reach = Reach.of(draft);
		if (head != null && head.getChecksum().equals(checksum)) {
			return new PbxPending(pbx.id(), pbx.name(), pbx.policyId(), generation, checksum, List.of(), problems,
					warnings, reach, reach);
		}
		var applied = (head != null) ? this.snapshots.applied(pbx.id()).orElse(null) : null;
		var changes = Changes.between(applied, draft);
		if (changes.isEmpty() && compiled instanceof Compiled.Ready) {
			changes = List.of(new Change(Change.Effect.NEUTRAL, Change.Kind.OTHER, "", 0, List.of()));
		}
		return new PbxPending(pbx.id(), pbx.name(), pbx.policyId(), generation, checksum, changes, problems, warnings,
				(applied != null) ? Reach.of(applied) : null, reach);
	}

	/** What one PBX would get. */
	public Optional<PbxPending> of(long pbxId) {
		return all().stream().filter((pending) -> pending.pbxId() == pbxId).findFirst();
	}

	private record Basis(String name, long policyId, long pbx, long policy, long hours, long generation,
			boolean sealed) {
	}

	private record Known(Basis basis, PbxPending pending) {
	}

}
