package io.tollgate.apply;

import java.util.Locale;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** A way back that waits for a second person, because it lets somebody dial more. */
@Component
class AskedRestore implements Approvable {

	static final String KIND = "restore";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ObjectProvider<Restores> restores;

	private final MessageSource messages;

	AskedRestore(ObjectProvider<Restores> restores, MessageSource messages) {
		this.restores = restores;
		this.messages = messages;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public boolean isCurrent(Request request) {
		var content = content(request);
		return this.restores.getObject()
			.review(content.pbx(), content.generation())
			.filter((restore) -> restore.seen().equals(content.seen()))
			.isPresent();
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		return switch (this.restores.getObject().approved(request, content(request), approval)) {
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
	 * @param seen what the review said it is about
	 * @param confirmed whether somebody who may has said that its dangers are meant
	 */
	record Content(long pbx, long generation, String seen, boolean confirmed) {

		String text() {
			return JSON.writeValueAsString(this);
		}

	}

}
