package io.tollgate.apply;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** An apply that waits for a second person, because it lets somebody dial more. */
@Component
class AskedApply implements Approvable {

	static final String KIND = "apply";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ObjectProvider<ApplyRuns> runs;

	private final PendingChanges pending;

	private final MessageSource messages;

	AskedApply(ObjectProvider<ApplyRuns> runs, PendingChanges pending, MessageSource messages) {
		this.runs = runs;
		this.pending = pending;
		this.messages = messages;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public boolean isCurrent(Request request) {
		var seen = content(request).seen();
		var now = this.pending.of(seen.keySet());
		return now.size() == seen.size()
				&& now.stream().allMatch((pbx) -> Reviewed.of(seen.getOrDefault(pbx.pbxId(), "")).isOf(pbx));
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		return switch (this.runs.getObject().approved(request, content(request), approval)) {
			case StartResult.Started started -> new Carried.Out("/applies/" + started.runId());
			case StartResult.Busy busy -> notNow("apply.refused.busy", String.join(", ", busy.pbxNames()), locale);
			case StartResult.BeingChecked checked ->
				notNow("apply.refused.checking", String.join(", ", checked.pbxNames()), locale);
			case StartResult _ -> new Carried.Outdated();
		};
	}

	private Carried notNow(String code, String names, Locale locale) {
		return new Carried.NotNow(this.messages.getMessage(code, new Object[] { names }, locale));
	}

	private static Content content(Request request) {
		return JSON.readValue(request.content(), Content.class);
	}

	/**
	 * What was asked for.
	 *
	 * @param seen by PBX, what the one who asked saw of it
	 * @param rollout in what order
	 * @param confirmed whether somebody who may has said that its dangers are meant
	 */
	record Content(SortedMap<Long, String> seen, RolloutForm rollout, boolean confirmed) {

		Content {
			seen = new TreeMap<>(seen);
		}

		String text() {
			return JSON.writeValueAsString(this);
		}

	}

}
