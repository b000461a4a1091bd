package io.tollgate.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tollgate.apply.ChangeWords;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.StopState;
import io.tollgate.leak.LeakFigures;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
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

	private final LeakFigures figures;

	private final StopState stop;

	private final MessageSource messages;

	private final Clock clock;

	FrameAdvice(PendingChanges pending, ChangeWords words, LeakFigures figures, StopState stop, MessageSource messages,
			Clock clock, @Value("${tollgate.version:}") String version,
			@Value("${server.servlet.session.timeout:15m}") Duration sessionTimeout) {
		this.pending = pending;
		this.words = words;
		this.figures = figures;
		this.stop = stop;
		this.messages = messages;
		this.clock = clock;
		this.version = version;
		this.sessionTimeout = sessionTimeout;
	}

	@ModelAttribute("frame")
	Frame frame(HttpServletRequest request, Locale locale) {
		return new Frame(request, () -> summary(locale), () -> leaks(locale), this.stop::current, this.version,
				this.sessionTimeout);
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

	private LeakSummary leaks(Locale locale) {
		var live = this.figures.live();
		if (live.pbxs() == 0) {
			return new LeakSummary(0, "", "", "");
		}
		var since = live.since();
		return new LeakSummary(live.leaks(), live.tone(),
				this.messages.getMessage("frame.leaks." + live.tone(),
						new Object[] { (live.leaks() > 0) ? live.leaks() : live.all(), live.open() }, locale),
				(since != null) ? when(since, locale) : "");
	}

	private String when(Instant since, Locale locale) {
		var at = since.atZone(ZoneId.systemDefault());
		boolean today = at.toLocalDate().equals(LocalDate.ofInstant(Instant.now(this.clock), at.getZone()));
		return this.messages.getMessage(today ? "frame.leaks.today" : "frame.leaks.day",
				new Object[] { at.format(DateTimeFormatter.ofPattern(today ? "HH:mm" : "d MMM HH:mm", locale)) },
				locale);
	}

}
