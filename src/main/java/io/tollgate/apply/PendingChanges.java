package io.tollgate.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.policy.Policies;
import io.tollgate.policy.WorkingWeek;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is edited but not applied. Derived, never stored: what would be compiled now is
 * compared with what each PBX was proved to run, so an edit that is undone is no change.
 * Kept per PBX until one of the revisions it was made from moves; many are made anew with
 * the queries of one.
 */
@Service
@Transactional(readOnly = true)
public class PendingChanges {

	/** PBXs whose rules are in memory at a time. */
	private static final int PART = 200;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final Policies policies;

	private final WorkingWeek week;

	private final Generations generations;

	private final Snapshots snapshots;

	private final Map<Long, Known> known = new ConcurrentHashMap<>();

	PendingChanges(PbxRegistry registry, VisiblePbxs visible, Policies policies, WorkingWeek week,
			Generations generations, Snapshots snapshots) {
		this.registry = registry;
		this.visible = visible;
		this.policies = policies;
		this.week = week;
		this.generations = generations;
		this.snapshots = snapshots;
	}

	/** Every PBX that whoever asks sees, in the registry's order. */
	public List<PbxPending> all() {
		var pbxs = this.registry.all();
		if (!this.visible.limited()) {
			this.known.keySet().retainAll(pbxs.stream().map(Pbx::id).collect(Collectors.toSet()));
		}
		var newest = this.generations.newest()
			.stream()
			.collect(Collectors.toMap(Generations.Newest::getPbxId, Function.identity()));
		return of(pbxs, newest);
	}

	/** What one PBX would get. */
	public Optional<PbxPending> of(long pbxId) {
		return this.registry.find(pbxId).map((pbx) -> {
			var head = this.generations.newest(pbxId);
			return of(List.of(pbx), head.map((each) -> Map.of(pbxId, each)).orElse(Map.of())).getFirst();
		});
	}

	/** What those would get, of those that there are. */
	public List<PbxPending> of(Collection<Long> pbxIds) {
		return of(this.registry.find(pbxIds),
				this.generations.newest(pbxIds)
					.stream()
					.collect(Collectors.toMap(Generations.Newest::getPbxId, Function.identity())));
	}

	/**
	 * The same in a transaction that will be taken back: revisions that nobody else ever
	 * sees are not remembered.
	 */
	public List<PbxPending> supposed(Collection<Long> pbxIds) {
		return new PendingChanges(this.registry, this.visible, this.policies, this.week, this.generations,
				this.snapshots)
			.of(pbxIds);
	}

	private List<PbxPending> of(List<Pbx> pbxs, Map<Long, Generations.Newest> newest) {
		var now = new Revisions(this.policies.revisions(), this.week.revision());
		var found = new HashMap<Long, Known>();
		var outdated = new ArrayList<Pbx>();
		for (var pbx : pbxs) {
			var before = this.known.get(pbx.id());
			if (before != null && before.isOf(pbx, now.basis(pbx), newest.get(pbx.id()))) {
				found.put(pbx.id(), before);
			}
			else {
				outdated.add(pbx);
			}
		}
		if (!outdated.isEmpty()) {
			var shared = new Shared();
			for (int from = 0; from < outdated.size(); from += PART) {
				found.putAll(made(outdated.subList(from, Math.min(from + PART, outdated.size())), now, newest, shared));
			}
			this.known.putAll(found);
		}
		return pbxs.stream().map((pbx) -> Objects.requireNonNull(found.get(pbx.id())).pending()).toList();
	}

	/** What is known of the draft still counts when only another generation runs. */
	private Map<Long, Known> made(List<Pbx> pbxs, Revisions now, Map<Long, Generations.Newest> newest, Shared shared) {
		var drafted = new HashMap<Long, Drafted>();
		for (var pbx : pbxs) {
			var before = this.known.get(pbx.id());
			if (before != null && before.drafted().basis().equals(now.basis(pbx))
					&& before.drafted().isOf(newest.get(pbx.id()))) {
				drafted.put(pbx.id(), before.drafted());
			}
		}
		var drafts = this.snapshots.drafts(pbxs.stream().filter((pbx) -> !drafted.containsKey(pbx.id())).toList());
		pbxs.forEach((pbx) -> drafted.computeIfAbsent(pbx.id(),
				(id) -> drafted(now.basis(pbx), Objects.requireNonNull(drafts.get(id)), shared)));
		var applied = this.snapshots.rules(pbxs.stream().map(Pbx::id).filter((id) -> {
			var head = newest.get(id);
			return head != null && !Objects.requireNonNull(drafted.get(id)).isOf(head);
		}).toList());
		var made = new HashMap<Long, Known>();
		for (var pbx : pbxs) {
			var head = newest.get(pbx.id());
			var own = Objects.requireNonNull(drafted.get(pbx.id()));
			made.put(pbx.id(), new Known(own, pbx.name(), (head != null) ? head.getId() : 0,
					pending(pbx, head, own, drafts.get(pbx.id()), applied.get(pbx.id()), shared)));
		}
		return made;
	}

	private Drafted drafted(Basis basis, Snapshot draft, Shared shared) {
		var compiled = this.snapshots.compile(draft);
		var reach = shared.of(Reach.of(draft));
		var stopped = shared.of(Reach.of(Snapshots.enforced(draft, true)));
		return switch (compiled) {
			case Compiled.Ready ready ->
				new Drafted(basis, Checksum.of(ready.config()), List.of(), shared.of(ready.warnings()), reach, stopped);
			case Compiled.Rejected rejected ->
				new Drafted(basis, "", shared.of(rejected.problems()), List.of(), reach, stopped);
		};
	}

	/**
	 * Compares.
	 * @param draft {@code null} when it is what runs
	 */
	private static PbxPending pending(Pbx pbx, Generations.@Nullable Newest head, Drafted drafted,
			@Nullable Snapshot draft, @Nullable Snapshot applied, Shared shared) {
		var changes = List.<Change>of();
		boolean stopped = head != null && head.isStopped();
		var after = stopped ? drafted.stopped() : drafted.reach();
		var live = after;
		if (draft != null && !drafted.isOf(head)) {
			changes = Changes.between(applied, draft);
			if (changes.isEmpty() && drafted.problems().isEmpty()) {
				changes = List.of(new Change(Change.Effect.NEUTRAL, Change.Kind.OTHER, "", 0, List.of()));
			}
			live = (applied != null) ? shared.of(Reach.of(Snapshots.enforced(applied, stopped))) : null;
		}
		return new PbxPending(pbx.id(), pbx.name(), pbx.policyId(), (head != null) ? head.getNumber() : null,
				drafted.checksum(), shared.of(List.copyOf(changes)), drafted.problems(), drafted.warnings(), live,
				after);
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

	/** What the drafts of all PBXs are made from, by its revisions. */
	private record Revisions(Map<Long, Long> policies, long hours) {

		Basis basis(Pbx pbx) {
			return new Basis(pbx.policyId(), pbx.revision(), this.policies.getOrDefault(pbx.policyId(), 0L),
					this.hours);
		}

	}

	/** What the draft of a PBX is made from. */
	private record Basis(long policyId, long pbx, long policy, long hours) {
	}

	/**
	 * What a draft comes to, without the draft itself.
	 *
	 * @param stopped how far calls go by it while a fleet stop is on
	 */
	private record Drafted(Basis basis, String checksum, List<String> problems, List<String> warnings, Reach reach,
			Reach stopped) {

		/** Whether that generation was made from it. */
		boolean isOf(Generations.@Nullable Newest head) {
			return head != null && head.getChecksum().equals(this.checksum);
		}

	}

	private record Known(Drafted drafted, String name, long generation, PbxPending pending) {

		boolean isOf(Pbx pbx, Basis basis, Generations.@Nullable Newest head) {
			return this.generation == ((head != null) ? head.getId() : 0) && this.name.equals(pbx.name())
					&& this.drafted.basis().equals(basis);
		}

	}

	/**
	 * What many PBXs have in common is kept once: a thousand of them differ in little.
	 */
	private static final class Shared {

		private final Map<Object, Object> kept = new HashMap<>();

		@SuppressWarnings("unchecked")
		<T> T of(T value) {
			return (T) this.kept.computeIfAbsent(value, (same) -> same);
		}

	}

}
