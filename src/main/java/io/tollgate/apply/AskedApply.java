package io.tollgate.apply;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** An apply that waits for a second person, because it lets somebody dial more. */
@Component
class AskedApply implements Approvable {

	static final String KIND = "apply";

	private final ObjectProvider<ApplyRuns> runs;

	private final PendingChanges pending;

	private final Generations generations;

	private final Asked asked;

	AskedApply(ObjectProvider<ApplyRuns> runs, PendingChanges pending, Generations generations, Asked asked) {
		this.runs = runs;
		this.pending = pending;
		this.generations = generations;
		this.asked = asked;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public boolean isCurrent(Request request) {
		return Asked.content(request, Content.class).filter(this::isCurrent).isPresent();
	}

	private boolean isCurrent(Content content) {
		var seen = content.seen();
		var now = this.pending.of(seen.keySet());
		return now.size() == seen.size() && content.running().equals(running(this.generations, seen.keySet()))
				&& now.stream().allMatch((pbx) -> Reviewed.of(seen.getOrDefault(pbx.pbxId(), "")).isOf(pbx));
	}

	/** The generation that each of these PBXs runs, by its row; 0 for none. */
	static SortedMap<Long, Long> running(Generations generations, Collection<Long> pbxs) {
		var running = new TreeMap<Long, Long>();
		pbxs.forEach((pbx) -> running.put(pbx, 0L));
		generations.newest(pbxs).forEach((head) -> running.put(head.getPbxId(), head.getId()));
		return running;
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		var content = Asked.content(request, Content.class).filter(this::isCurrent).orElse(null);
		if (content == null) {
			return new Carried.Outdated();
		}
		return this.asked.carried(this.runs.getObject().approved(request, content, approval), locale);
	}

	/**
	 * What was asked for.
	 *
	 * @param seen by PBX, what the one who asked saw of it
	 * @param running by PBX, the generation that this is a change of; 0 for none
	 * @param rollout in what order
	 * @param dangers what the one who asked has said is meant all the same
	 */
	record Content(SortedMap<Long, String> seen, SortedMap<Long, Long> running, RolloutForm rollout,
			List<String> dangers) {

		Content {
			seen = new TreeMap<>(seen);
			running = new TreeMap<>(running);
			dangers = List.copyOf(dangers);
		}

		String text() {
			return Asked.text(this);
		}

	}

}
