package io.tollgate.leak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.tollgate.apply.Snapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.leak.Bases.Basis;
import io.tollgate.leak.LeakPage.LeakCard;
import io.tollgate.leak.LeakPage.Line;
import io.tollgate.leak.LeakPage.Row;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.pbx.Pbx;
import io.tollgate.proof.Leak;
import io.tollgate.proof.RouteFinding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the page together from what was checked; checks nothing itself. */
@Component
class LeakPages {

	/** Leaks shown in full, for all PBXs; for one there are more. */
	private static final int LEAKS = 10;

	private static final int LEAKS_OF_ONE = 100;

	private static final int FINDINGS = 20;

	private static final int FINDINGS_OF_ONE = 500;

	private static final ListShape<Look> ROWS = ListShape.<Look>empty()
		.text("pbx", "leak.column.pbx", (look) -> look.pbx().name())
		.value("result", "leak.column.result", (look) -> look.standing().rank())
		.plain("leak.column.rules")
		.looking("cell-lo")
		.time("checked", "leak.column.checked", Look::checkedAt)
		.time("looked", "leak.column.looked", Look::lookedAt)
		.looking("cell-lo")
		.value("took", "leak.column.took", Look::took)
		.looking("num");

	private final Bases bases;

	private final Checks checks;

	private final Inspections inspections;

	private final Snapshots snapshots;

	private final LeakCards cards;

	private final Summaries summaries;

	private final LeakWords words;

	LeakPages(Bases bases, Checks checks, Inspections inspections, Snapshots snapshots, LeakCards cards,
			Summaries summaries, LeakWords words) {
		this.bases = bases;
		this.checks = checks;
		this.inspections = inspections;
		this.snapshots = snapshots;
		this.cards = cards;
		this.summaries = summaries;
		this.words = words;
	}

	/**
	 * The page.
	 * @param pbxId the only PBX to show, {@code null} for all
	 * @param query in what order its table is, and which part of it
	 */
	@Transactional(readOnly = true)
	LeakPage show(Rules rules, @Nullable Long pbxId, ListQuery query, Locale locale) {
		var looks = looks(rules, pbxId);
		var leaks = new ArrayList<LeakCard>();
		int limit = (pbxId != null) ? LEAKS_OF_ONE : LEAKS;
		for (var look : looks) {
			leaks.addAll(leaks(look, limit - leaks.size(), locale));
		}
		int found = looks.stream().mapToInt(Look::leaks).sum();
		var findings = looks.stream().flatMap((look) -> findings(look, locale).stream()).toList();
		int listed = Math.min(findings.size(), (pbxId != null) ? FINDINGS_OF_ONE : FINDINGS);
		var at = ListAddress.of(LeakController.PATH).with("rules", rules.code()).with("pbx", pbxId);
		var rows = ROWS.show(at, query, looks, looks.size(), locale).told((look) -> row(look, locale));
		var news = ListAddress.of(LeakController.FOUND).with("rules", rules.code()).with("pbx", pbxId).url(query);
		return new LeakPage(rules.code(), pbxId,
				(pbxId != null) ? looks.stream().map((look) -> look.pbx().name()).findFirst().orElse("") : "",
				looks.size(), this.summaries.of(rules, looks, locale), rows, news, leaks, found - leaks.size(),
				looks.stream().flatMap((look) -> holes(look, locale).stream()).toList(), findings.subList(0, listed),
				findings.size() - listed, looks.stream().anyMatch((look) -> look.standing() == Standing.UNCHECKED));
	}

	/** What is known of each PBX, in the order of their ids. */
	@Transactional(readOnly = true)
	List<Look> looks(Rules rules) {
		return looks(rules, null).stream().sorted(Comparator.comparingLong((look) -> look.pbx().id())).toList();
	}

	/** A leak of a PBX, by its key, if it was found in the rules as they are now. */
	@Transactional(readOnly = true)
	Optional<Leak> find(long pbxId, Rules rules, String key) {
		var now = this.bases.now().get(pbxId);
		return this.checks.of(pbxId, rules)
			.filter((checked) -> now != null && this.bases.isOf(checked.basis(), checked.version(), now, rules))
			.map(Checked::report)
			.flatMap((report) -> report.leaks().stream().filter((leak) -> LeakCards.key(leak).equals(key)).findFirst());
	}

	private List<Look> looks(Rules rules, @Nullable Long pbxId) {
		var now = this.bases.now();
		var checked = current(rules, now);
		var drafted = (rules == Rules.LIVE) ? current(Rules.DRAFT, now) : checked;
		var seen = this.inspections.all();
		var failures = this.inspections.failures();
		var oldest = this.inspections.oldest();
		return now.values().stream().filter((basis) -> pbxId == null || basis.pbx().id() == pbxId).map((basis) -> {
			long id = basis.pbx().id();
			var standing = (rules == Rules.LIVE) ? Standing.live(basis, checked.get(id), seen.get(id), oldest)
					: Standing.draft(basis, checked.get(id), seen.get(id), oldest);
			return new Look(basis, rules, standing, checked.get(id), drafted.get(id), seen.get(id),
					failures.getOrDefault(id, ""));
		}).toList();
	}

	/** Those checks that are of the rules as they are now. */
	private Map<Long, Checked> current(Rules rules, Map<Long, Basis> now) {
		return this.checks.all(rules).values().stream().filter((checked) -> {
			var basis = now.get(checked.pbxId());
			return basis != null && this.bases.isOf(checked.basis(), checked.version(), basis, rules);
		}).collect(Collectors.toMap(Checked::pbxId, (checked) -> checked));
	}

	private List<LeakCard> leaks(Look look, int limit, Locale locale) {
		if (look.leaks() == 0 || limit < 1) {
			return List.of();
		}
		var draft = this.snapshots.draft(look.pbx());
		Snapshot judged = (look.rules() == Rules.DRAFT) ? draft : this.snapshots.applied(look.pbx().id()).orElse(draft);
		return Objects.requireNonNull(look.report())
			.leaks()
			.stream()
			.limit(limit)
			.map((leak) -> this.cards.card(look, leak, judged, draft, locale))
			.toList();
	}

	private Row row(Look look, Locale locale) {
		var report = look.report();
		var checked = look.checked();
		var standing = look.standing();
		var seen = look.seen();
		boolean empty = standing == Standing.PROVED && !look.forbids();
		return new Row(look.pbx().id(), look.pbx().name(), this.summaries.generation(look, locale),
				empty ? "" : standing.tone(), empty ? "circle-dashed" : standing.icon(),
				this.summaries.result(look, locale), this.summaries.note(look, locale),
				(report != null) ? this.words.scope(report.scope(), locale) : "",
				(checked != null) ? this.words.when(checked.at(), locale) : "",
				(checked != null) ? this.words.took(checked.took(), locale) : "",
				(seen != null) ? this.words.when(seen.at(), locale) : "");
	}

	private List<Line> holes(Look look, Locale locale) {
		var seen = look.seen();
		if (seen == null) {
			return List.of();
		}
		long id = look.pbx().id();
		return seen.inspection()
			.entries()
			.stream()
			.map((entry) -> new Line(LeakWords.tone(entry), entry.kind().stopsProof() ? "shield-alert" : "info",
					this.words.say("seen", locale, look.pbx().name(), this.words.when(seen.at(), locale)),
					this.words.hole(entry, locale), this.words.holeText(entry, locale), "/pbxs/" + id,
					this.words.say("open.pbx", locale)))
			.toList();
	}

	private List<Line> findings(Look look, Locale locale) {
		var report = look.report();
		return (report == null) ? List.of()
				: report.findings().stream().map((finding) -> finding(look.pbx(), finding, locale)).toList();
	}

	private Line finding(Pbx pbx, RouteFinding finding, Locale locale) {
		boolean unlisted = finding.kind() == RouteFinding.Kind.EMERGENCY_UNLISTED
				|| finding.kind() == RouteFinding.Kind.EMERGENCY_SWALLOWED;
		return new Line(LeakWords.tone(finding), "info", pbx.name(),
				this.words.say("finding." + finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + ".title",
						locale),
				this.words.finding(finding, locale),
				unlisted ? "/security/settings?policy=" + pbx.policyId() : "/routes?pbx=" + pbx.id(),
				this.words.say(unlisted ? "open.policy" : "open.routes", locale));
	}

}
