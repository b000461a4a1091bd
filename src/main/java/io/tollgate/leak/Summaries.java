package io.tollgate.leak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.tollgate.leak.LeakPage.Summary;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says what the checks come to, and claims nothing that was not looked at.
 */
@Component
class Summaries {

	private final LeakWords words;

	Summaries(LeakWords words) {
		this.words = words;
	}

	/** Of these PBXs together. */
	Summary of(Rules rules, List<Look> looks, Locale locale) {
		var concerned = looks.stream().filter((look) -> look.standing() != Standing.UNAPPLIED).toList();
		if (concerned.isEmpty()) {
			return new Summary("", "circle-dashed", this.words.say("summary.unapplied", locale),
					this.words.say("summary.unapplied.text", locale), "");
		}
		int unapplied = looks.size() - concerned.size();
		var worst = worst(concerned);
		if (worst == Standing.PROVED && concerned.stream().noneMatch(Look::forbids)) {
			return new Summary("", "circle-dashed", this.words.say("summary.nothing", locale),
					this.words.say("summary.nothing.text", locale), "");
		}
		if (worst == Standing.PROVED && unapplied > 0) {
			return new Summary("wait", "hourglass",
					this.words.say("summary.some-unapplied", locale, concerned.size(), unapplied),
					text(rules, concerned, unapplied, locale), scope(concerned, locale));
		}
		var title = (worst == Standing.LEAKS) ? leaks(concerned, locale) : title(rules, worst, concerned, locale);
		return new Summary(worst.tone(), worst.icon(), title, text(rules, concerned, unapplied, locale),
				scope(concerned, locale));
	}

	/** What is worst about them: leaks first, then what stands against a claim. */
	private static Standing worst(List<Look> looks) {
		return looks.stream().map(Look::standing).min(Comparator.comparing(Standing::rank)).orElseThrow();
	}

	private String leaks(List<Look> looks, Locale locale) {
		var leaking = looks.stream().filter((look) -> look.standing() == Standing.LEAKS).toList();
		var trunks = leaking.stream()
			.flatMap((look) -> Objects.requireNonNull(look.report()).leaks().stream())
			.map((leak) -> leak.trunk())
			.distinct()
			.toList();
		int leaks = leaking.stream().mapToInt(Look::leaks).sum();
		return (trunks.size() == 1) ? this.words.say("summary.leaks.trunk", locale, leaks, trunks.getFirst())
				: this.words.say("summary.leaks", locale, leaks, trunks.size());
	}

	private String title(Rules rules, Standing worst, List<Look> looks, Locale locale) {
		long which = looks.stream().filter((look) -> look.standing() == worst).count();
		var code = "summary." + worst.code();
		return (worst == Standing.PROVED) ? this.words.say(code + "." + rules.code(), locale) : this.words.say(code,
				locale, which, looks.size(), looks.stream().allMatch(Summaries::isTight) ? 1 : 0);
	}

	/** Whether its rules were found to have no leak, whatever stands against a claim. */
	private static boolean isTight(Look look) {
		var report = look.report();
		return report != null && report.result() == LeakReport.Result.PROVED;
	}

	/**
	 * How many stand how, when, against what.
	 * @param unapplied how many more there are that nothing was applied to
	 */
	private String text(Rules rules, List<Look> looks, int unapplied, Locale locale) {
		var parts = new ArrayList<String>();
		if (looks.size() == 1) {
			parts.add(looks.getFirst().pbx().name());
		}
		else {
			counts(looks).forEach((standing, count) -> parts
				.add(this.words.say("count." + standing.code(), locale, count, looks.size())));
		}
		if (unapplied > 0) {
			parts.add(this.words.say("count.unapplied", locale, unapplied));
		}
		var text = String.join(", ", parts) + ".";
		var since = looks.stream()
			.flatMap((look) -> Stream.ofNullable(look.checked()))
			.map(Checked::at)
			.min(Comparator.naturalOrder());
		return since.map((at) -> text + " " + checked(rules, looks, at, locale)).orElse(text);
	}

	private static Map<Standing, Integer> counts(List<Look> looks) {
		var counts = new EnumMap<Standing, Integer>(Standing.class);
		looks.forEach((look) -> counts.merge(look.standing(), 1, Integer::sum));
		return counts;
	}

	private String checked(Rules rules, List<Look> looks, Instant at, Locale locale) {
		var when = this.words.when(at, locale);
		if (rules == Rules.DRAFT) {
			return this.words.say("checked.draft", locale, when);
		}
		return (looks.size() == 1) ? this.words.say("checked.generation", locale, when, generation(looks.getFirst()))
				: this.words.say("checked", locale, when);
	}

	private static Object generation(Look look) {
		return look.basis().inForce().map((head) -> (Object) head.number()).orElse("");
	}

	/** What was looked at; empty where that was not all. */
	private String scope(List<Look> looks, Locale locale) {
		if (looks.stream().anyMatch((look) -> look.standing() != Standing.PROVED)) {
			return "";
		}
		var scopes = looks.stream().flatMap((look) -> Stream.ofNullable(look.report())).map(LeakReport::scope).toList();
		var all = scopes.stream()
			.reduce((one, other) -> new LeakReport.Scope(one.extensions() + other.extensions(),
					one.callers() + other.callers(), Math.max(one.times(), other.times()),
					Math.max(one.countries(), other.countries()), Math.max(one.restrictions(), other.restrictions()),
					one.blocks() + other.blocks(), one.states() + other.states()))
			.orElseThrow();
		return this.words.say("scope", locale, this.words.scope(all, locale));
	}

	/** What was checked of a PBX. */
	String generation(Look look, Locale locale) {
		if (look.rules() == Rules.DRAFT) {
			return this.words.say("row.draft", locale);
		}
		return look.basis()
			.inForce()
			.map((head) -> this.words.say("row.generation", locale, head.number()))
			.orElseGet(() -> this.words.say("row.unapplied", locale));
	}

	/** How a PBX stands. */
	String result(Look look, Locale locale) {
		if (look.standing() == Standing.PROVED && !look.forbids()) {
			return this.words.say("result.nothing", locale);
		}
		return this.words.say("result." + look.standing().code(), locale, look.leaks());
	}

	/** Why it stands so, and what to do; empty where there is nothing to say. */
	String note(Look look, Locale locale) {
		var seen = look.seen();
		return switch (look.standing()) {
			case PROVED, LEAKS, UNAPPLIED, UNCHECKED -> "";
			case FAILED -> reason(look.checked());
			case NOT_PROVED -> Objects.requireNonNull(look.report()).gaps().isEmpty() ? ""
					: this.words.gaps(Objects.requireNonNull(look.report()), locale);
			case UNREACHABLE ->
				(seen != null) ? this.words.say("note.unreachable", locale, this.words.when(seen.at(), locale))
						: this.words.say("note.unreachable.never", locale);
			case DRIFTED -> drift(look, locale);
			case REJECTED -> this.words.say("note.rejected", locale);
			case UNGUARDED -> this.words.say("note.unguarded", locale);
			case UNSEEN -> failure(look, this.words.say("note.unseen", locale));
			case STALE -> failure(look,
					this.words.say("note.stale", locale, (seen != null) ? this.words.when(seen.at(), locale) : ""));
			case OPEN -> this.words.say("note.open", locale, (seen != null)
					? seen.inspection().entries().stream().filter((entry) -> entry.kind().stopsProof()).count() : 0);
		};
	}

	/** With why the last look came to nothing. */
	private static String failure(Look look, String note) {
		return look.failure().isEmpty() ? note : note + " " + look.failure();
	}

	private static String reason(@Nullable Checked checked) {
		return (checked != null) ? checked.reason() : "";
	}

	private String drift(Look look, Locale locale) {
		var guard = look.pbx().guard();
		if (guard != GuardStatus.CURRENT) {
			return this.words.say("note.guard." + guard.name().toLowerCase(Locale.ROOT), locale);
		}
		var running = (look.seen() != null) ? look.seen().generation() : null;
		if (running != null && running.equals(generation(look))) {
			return this.words.say("note.altered", locale, running);
		}
		return (running != null) ? this.words.say("note.other-generation", locale, running, generation(look))
				: this.words.say("note.no-generation", locale);
	}

}
