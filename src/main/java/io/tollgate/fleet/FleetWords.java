package io.tollgate.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectionReport.Check;
import io.tollgate.connector.Problem;
import io.tollgate.route.FirstRoute;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says what happened, in the words of the message bundles and the reader's language. */
@Component
class FleetWords {

	private final MessageSource messages;

	private final Clock clock;

	FleetWords(MessageSource messages, Clock clock) {
		this.messages = messages;
		this.clock = clock;
	}

	String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, locale());
	}

	String of(Problem problem) {
		return say("problem." + problem.code(), problem.arguments().toArray());
	}

	/** How long ago that was, {@code null} for never. */
	@Nullable String ago(@Nullable Instant at) {
		if (at == null) {
			return null;
		}
		var age = Duration.between(at, Instant.now(this.clock));
		if (age.toSeconds() < 60) {
			return say("pbx.ago.seconds", Math.max(age.toSeconds(), 0));
		}
		if (age.toMinutes() < 60) {
			return say("pbx.ago.minutes", age.toMinutes());
		}
		return (age.toHours() < 48) ? say("pbx.ago.hours", age.toHours()) : say("pbx.ago.days", age.toDays());
	}

	/**
	 * A connection test in words.
	 * @param accepted the certificate that was accepted before
	 */
	ReportView of(ConnectionReport report, @Nullable String accepted) {
		var lines = report.checks().stream().map(this::line).toList();
		boolean failed = lines.stream().anyMatch((line) -> line.tone().equals("stop"));
		boolean warned = lines.stream().anyMatch((line) -> line.tone().equals("wait"));
		var tone = failed ? "stop" : warned ? "wait" : "open";
		var met = report.fingerprint();
		boolean asks = met != null && !met.equals(accepted);
		return new ReportView(tone, say("pbx.report." + tone), report.software(), report.endpoints(),
				(met != null) ? pairs(met) : null, asks ? met : null, lines);
	}

	private ReportView.Line line(Check check) {
		var tone = switch (check.result()) {
			case PASSED -> "open";
			case WARNING -> "wait";
			case FAILED -> "stop";
			case SKIPPED -> "";
		};
		var icon = switch (check.result()) {
			case PASSED -> "circle-check";
			case WARNING -> "triangle-alert";
			case FAILED -> "circle-x";
			case SKIPPED -> "circle-dashed";
		};
		var problem = check.problem();
		return new ReportView.Line(tone, icon, say("connector.check." + check.name()),
				say("pbx.check." + check.result().name().toLowerCase(Locale.ROOT)),
				(problem != null) ? of(problem) : null);
	}

	/** {@code 240 extensions, 1 trunk found}, and what it means for the route. */
	String found(Reading reading, FirstRoute route) {
		var name = reading.pbx().name();
		var trunk = route.trunk();
		if (trunk != null) {
			return say("pbx.found.routed", name, reading.extensions(), reading.trunks(), trunk);
		}
		return say((reading.trunks() == 0) ? "pbx.found" : "pbx.found.choose", name, reading.extensions(),
				reading.trunks());
	}

	/** What a second reading changed. */
	String changed(Reading reading) {
		var parts = new ArrayList<String>();
		part(parts, "pbx.read.extensions-added", reading.extensionChanges().added());
		part(parts, "pbx.read.extensions-gone", reading.extensionChanges().vanished());
		part(parts, "pbx.read.trunks-added", reading.trunkChanges().added().size());
		part(parts, "pbx.read.trunks-gone", reading.trunkChanges().vanished().size());
		part(parts, "pbx.read.trunks-unusable", reading.trunkChanges().unusable().size());
		return parts.isEmpty() ? say("pbx.read.same", reading.pbx().name(), reading.extensions(), reading.trunks())
				: say("pbx.read.changed", reading.pbx().name(), String.join(", ", parts));
	}

	private void part(List<String> parts, String code, int count) {
		if (count > 0) {
			parts.add(say(code, count));
		}
	}

	private static String pairs(String fingerprint) {
		return fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
	}

	private static Locale locale() {
		return LocaleContextHolder.getLocale();
	}

}
