package io.tollgate.apply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;
import tools.jackson.core.JacksonException;
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
		return content(request).filter((content) -> this.restores.getObject().isSeen(content.pbx(), content.seen()))
			.isPresent();
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		var content = content(request).orElse(null);
		if (content == null) {
			return new Carried.Outdated();
		}
		return switch (this.restores.getObject().approved(request, content, approval)) {
			case StartResult.Started started -> new Carried.Out("/applies/" + started.runId());
			case StartResult.Busy busy -> notNow("apply.refused.busy", String.join(", ", busy.pbxNames()), locale);
			case StartResult.BeingChecked checked ->
				notNow("apply.refused.checking", String.join(", ", checked.pbxNames()), locale);
			case StartResult.Unconfirmed unconfirmed ->
				notNow("apply.refused.dangers", String.join(", ", unconfirmed.pbxNames()), locale);
			case StartResult _ -> new Carried.Outdated();
		};
	}

	private Carried notNow(String code, String names, Locale locale) {
		return new Carried.NotNow(this.messages.getMessage(code, new Object[] { names }, locale));
	}

	/** Empty when another version wrote it. */
	private static Optional<Content> content(Request request) {
		try {
			return Optional.of(JSON.readValue(request.content(), Content.class));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	/**
	 * What was asked for.
	 *
	 * @param seen what the review said it is about
	 * @param dangers what the one who asked has said is meant all the same
	 */
	record Content(long pbx, long generation, String seen, List<String> dangers) {

		Content {
			dangers = List.copyOf(dangers);
		}

		String text() {
			return JSON.writeValueAsString(this);
		}

	}

}
