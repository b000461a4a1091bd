package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.tollgate.apply.ChangeWords;
import io.tollgate.connector.Inspection;
import io.tollgate.decision.Snapshot;
import io.tollgate.leak.LeakPage.Dialled;
import io.tollgate.leak.LeakPage.Mend;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.pbx.Pbx;
import io.tollgate.policy.RestrictionWords;
import io.tollgate.proof.Leak;
import io.tollgate.proof.Leak.Cause;
import io.tollgate.proof.LeakReport;
import io.tollgate.proof.RouteFinding;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what leak checks found. */
@Component
class LeakWords {

	/** Shorter ones may be no number in full. */
	private static final int COMPLETE = 8;

	/** Findings about a route and another one, or several. */
	static final Set<RouteFinding.Kind> WITH_ANOTHER = Set.of(RouteFinding.Kind.UNREACHABLE_PATTERN,
			RouteFinding.Kind.UNREACHABLE_ROUTE, RouteFinding.Kind.OVERLAP, RouteFinding.Kind.EMERGENCY_SWALLOWED);

	private final MessageSource messages;

	private final ChangeWords words;

	private final Clock clock;

	LeakWords(MessageSource messages, ChangeWords words, Clock clock) {
		this.messages = messages;
		this.words = words;
		this.clock = clock;
	}

	String say(String code, Locale locale, Object... arguments) {
		return this.messages.getMessage("leak." + code, arguments, locale);
	}

	private static String code(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** "today 10:31", in the time zone of the machine, as on all pages. */
	String when(Instant at, Locale locale) {
		return when(at, ZoneId.systemDefault(), locale);
	}

	private String when(Instant at, ZoneId zone, Locale locale) {
		var local = at.atZone(zone);
		boolean today = local.toLocalDate().equals(LocalDate.ofInstant(Instant.now(this.clock), local.getZone()));
		return today ? say("when.today", locale, local.format(DateTimeFormatter.ofPattern("HH:mm", locale)))
				: local.format(DateTimeFormatter.ofPattern("d MMM HH:mm", locale));
	}

	/** "0.2 s". */
	String took(Duration duration, Locale locale) {
		return say("took", locale, duration.toMillis() / 1000.0);
	}

	/** Who and what was looked at. */
	String scope(LeakReport.Scope scope, Locale locale) {
		var parts = new ArrayList<String>();
		parts.add(say("scope.callers", locale, scope.extensions(), scope.callers()));
		parts.add(say("scope.times", locale, scope.times()));
		parts.add(say("scope.countries", locale, scope.countries()));
		if (scope.restrictions() > 0) {
			parts.add(say("scope.restrictions", locale, scope.restrictions()));
		}
		if (scope.blocks() > 0) {
			parts.add(say("scope.blocks", locale, scope.blocks()));
		}
		return String.join(", ", parts);
	}

	/** Why something could not be looked at. */
	String gaps(LeakReport report, Locale locale) {
		return report.gaps()
			.stream()
			.distinct()
			.map((gap) -> say("gap." + code(gap), locale))
			.collect(Collectors.joining(" "));
	}

	/** A country by its calling code: "Bahamas (+1 242)". */
	private String country(String code, Locale locale) {
		return CallingCodes.find(code).isPresent() ? this.words.code(code, locale) : say("country.unknown", locale);
	}

	/** What forbids it, by name. */
	private String subject(Leak leak, String subject, Locale locale) {
		return switch (leak.kind()) {
			case COUNTRY -> country(subject, locale);
			case RESTRICTED -> RestrictionWords.display(subject);
			case BLOCKED -> say("quoted", locale, subject);
		};
	}

	String caller(Leak leak, Locale locale) {
		return leak.endpoint().isEmpty() ? say("caller.unknown", locale) : say("caller", locale, leak.endpoint());
	}

	/** What is dialled, in parts where it ends with the number in full. */
	Dialled dialled(Leak leak) {
		var code = CallingCodes.longestMatch(leak.number()).map(CallingCodeEntry::code).orElse("");
		if (!isFull(leak) || !leak.dialled().endsWith(leak.number())) {
			return new Dialled("", "", leak.dialled());
		}
		return new Dialled(leak.dialled().substring(0, leak.dialled().length() - leak.number().length()), code,
				leak.number().substring(code.length()));
	}

	/** What is a number abroad has its calling code, however short it is. */
	private static boolean isFull(Leak leak) {
		return leak.kind() == Leak.Kind.COUNTRY
				|| leak.number().length() >= COMPLETE && CallingCodes.longestMatch(leak.number()).isPresent();
	}

	/** The number as the carrier reads it. */
	String number(Leak leak) {
		return isFull(leak) ? "+" + leak.number() : leak.number();
	}

	/** Class of the flag of the country that it is about, where it is one country. */
	static String flag(Leak leak) {
		if (leak.kind() != Leak.Kind.COUNTRY) {
			return "";
		}
		return CallingCodes.find(leak.subject())
			.filter((entry) -> entry.regions().size() == 1)
			.map((entry) -> "flag flag-" + entry.regions().getFirst().toLowerCase(Locale.ROOT))
			.orElse("");
	}

	/** What the carrier takes it for. */
	String reads(Leak leak, Locale locale) {
		return say("reads." + code(leak.kind()), locale, subject(leak, leak.subject(), locale));
	}

	/** Why it leaves, who can, and when, by the clock that its routes go by. */
	List<String> why(Leak leak, Snapshot judged, Locale locale) {
		var policy = judged.policy().name();
		var why = new ArrayList<String>();
		why.add(say("why." + code(leak.kind()), locale, number(leak), subject(leak, leak.subject(), locale), policy));
		why.add(say("cause." + code(leak.cause()), locale, leak.remedy(), policy, leak.route(), leak.subject()));
		why.add(say(leak.always() ? "who.always" : "who.sometimes", locale, leak.endpoints(),
				judged.extensions().size(), when(leak.at(), judged.hours().zone(), locale)));
		return why;
	}

	/** What else goes the same way; empty for nothing. */
	String subjectsTitle(Leak leak, Locale locale) {
		return (leak.subjects().size() < 2) ? "" : say("subjects." + code(leak.kind()), locale, leak.subjects().size());
	}

	/** All that goes that way, by name. */
	List<String> subjects(Leak leak, Locale locale) {
		return (leak.subjects().size() < 2) ? List.of()
				: leak.subjects().stream().map((subject) -> subject(leak, subject, locale)).sorted().toList();
	}

	/**
	 * What closes it with one edit.
	 * @param served the PBXs of its policy
	 */
	Mend mend(Leak leak, boolean done, String policy, List<Pbx> served, Locale locale) {
		var cause = code(leak.cause());
		var remedy = switch (leak.cause()) {
			case OTHER_SPELLING -> RestrictionWords.display(leak.remedy());
			default -> leak.remedy();
		};
		var touches = switch (leak.cause()) {
			case UNKNOWN_PREFIX, OTHER_SPELLING ->
				say((leak.cause() == Cause.OTHER_SPELLING) ? "mend.policy.restriction" : "mend.policy", locale, policy,
						served.size(), served.stream().map(Pbx::name).collect(Collectors.joining(", ")));
			default -> say("mend.pbx", locale);
		};
		return new Mend(done, say("mend." + cause, locale, remedy, policy, leak.route()), touches,
				say("mend." + cause + ".button", locale, remedy));
	}

	/** What is odd about a route. */
	String finding(RouteFinding finding, Locale locale) {
		var code = "finding." + code(finding.kind());
		boolean several = finding.other().isEmpty() && WITH_ANOTHER.contains(finding.kind());
		return say(several ? code + ".several" : code, locale, finding.route(), finding.pattern(), finding.other(),
				finding.number());
	}

	/** The colour of such a finding. */
	static String tone(RouteFinding finding) {
		return switch (finding.kind()) {
			case EMERGENCY_UNREACHABLE, EMERGENCY_SWALLOWED -> "stop";
			case EMERGENCY_UNLISTED, UNREACHABLE_PATTERN, UNREACHABLE_ROUTE, UNREACHABLE_FORM -> "wait";
			case OVERLAP -> "off";
		};
	}

	/** What a PBX has besides, in few words. */
	String hole(Inspection.Entry entry, Locale locale) {
		return say("hole." + entry.kind().code(), locale);
	}

	/** What it has besides, and what to do. */
	String holeText(Inspection.Entry entry, Locale locale) {
		return this.words.problem(entry.problem(), locale);
	}

	/** The colour of that. */
	static String tone(Inspection.Entry entry) {
		return switch (entry.kind()) {
			case OTHER_MATCHER, UNKNOWN_WAY, UNREADABLE -> "wait";
			case APART -> "off";
			default -> "stop";
		};
	}

}
