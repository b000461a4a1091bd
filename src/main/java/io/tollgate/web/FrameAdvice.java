package io.tollgate.web;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tollgate.apply.ChangeWords;
import io.tollgate.apply.PendingChanges;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every template its {@code frame}. */
@ControllerAdvice
class FrameAdvice {

	/** Changes that the strip names before it only counts. */
	private static final int NAMED = 3;

	private final String version;

	private final Duration sessionTimeout;

	private final PendingChanges pending;

	private final ChangeWords words;

	FrameAdvice(PendingChanges pending, ChangeWords words, @Value("${tollgate.version:}") String version,
			@Value("${server.servlet.session.timeout:15m}") Duration sessionTimeout) {
		this.pending = pending;
		this.words = words;
		this.version = version;
		this.sessionTimeout = sessionTimeout;
	}

	@ModelAttribute("frame")
	Frame frame(HttpServletRequest request, Locale locale) {
		return new Frame(request, () -> summary(locale), this.version, this.sessionTimeout);
	}

	private PendingSummary summary(Locale locale) {
		var summary = this.pending.summary();
		String said = summary.changes()
			.stream()
			.map((change) -> this.words.brief(change, locale))
			.distinct()
			.limit(NAMED)
			.collect(Collectors.joining(", "));
		return new PendingSummary(summary.count(), said, summary.pbxCount());
	}

}
