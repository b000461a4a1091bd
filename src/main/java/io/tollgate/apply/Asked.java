package io.tollgate.apply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What presses that wait for a second person have in common. */
@Component
class Asked {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final MessageSource messages;

	Asked(MessageSource messages) {
		this.messages = messages;
	}

	/** What became of the request whose press came to that. */
	Carried carried(StartResult result, Locale locale) {
		return switch (result) {
			case StartResult.Started started -> new Carried.Out("/applies/" + started.runId());
			case StartResult.Busy busy -> notNow("apply.refused.busy", busy.pbxNames(), locale);
			case StartResult.BeingChecked checked -> notNow("apply.refused.checking", checked.pbxNames(), locale);
			case StartResult.Unconfirmed unconfirmed -> notNow("apply.refused.dangers", unconfirmed.pbxNames(), locale);
			case StartResult _ -> new Carried.Outdated();
		};
	}

	private Carried notNow(String code, List<String> pbxNames, Locale locale) {
		return new Carried.NotNow(this.messages.getMessage(code, new Object[] { String.join(", ", pbxNames) }, locale));
	}

	/** What a request keeps. */
	static String text(Object content) {
		return JSON.writeValueAsString(content);
	}

	/** What a request has kept; empty when another version wrote it. */
	static <T> Optional<T> content(Request request, Class<T> type) {
		try {
			return Optional.of(JSON.readValue(request.content(), type));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

}
