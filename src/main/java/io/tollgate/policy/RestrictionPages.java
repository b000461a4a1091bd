package io.tollgate.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.RestrictionPage.Card;
import io.tollgate.policy.RestrictionPage.ExemptionRow;
import io.tollgate.policy.RestrictionPage.Party;
import io.tollgate.policy.RestrictionPage.Place;
import io.tollgate.policy.RestrictionPage.Row;
import io.tollgate.policy.RestrictionPage.Target;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the cards, rows and choices of the number restrictions. */
@Component
class RestrictionPages {

	private static final int PAGE = 200;

	private final RestrictionLists lists;

	private final PbxRegistry pbxs;

	private final WorkingWeek week;

	private final MessageSource messages;

	private final Clock clock;

	RestrictionPages(RestrictionLists lists, PbxRegistry pbxs, WorkingWeek week, MessageSource messages, Clock clock) {
		this.lists = lists;
		this.pbxs = pbxs;
		this.week = week;
		this.messages = messages;
		this.clock = clock;
	}

	/** As it stands in the URL: {@code nanp-offshore}. */
	static String word(RestrictionPreset preset) {
		return preset.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	RestrictionPage page(PolicyRules rules, RestrictionFilter filter, Locale locale) {
		var restrictions = this.lists.list(rules.id());
		var rows = rows(restrictions, locale);
		var matching = rows.stream().filter((row) -> matches(row, filter.q(), locale)).toList();
		int last = Math.max(0, (matching.size() - 1) / PAGE);
		var at = filter.at(Math.min(filter.page(), last));
		var shown = matching.subList(at.page() * PAGE, Math.min(matching.size(), (at.page() + 1) * PAGE));
		var zone = this.week.hours().zone();
		return new RestrictionPage(at, cards(rules, restrictions, locale), shown, matching.size(), rows.size(), PAGE,
				(at.page() > 0) ? at.at(at.page() - 1).url(rules.id()) : null,
				(at.page() < last) ? at.at(at.page() + 1).url(rules.id()) : null, at.url(rules.id()),
				exemptions(rules, restrictions, zone, locale), targets(restrictions, rows, locale), places(rules),
				groups(rules, locale), zone.getId());
	}

	private List<Card> cards(PolicyRules rules, List<Restriction> restrictions, Locale locale) {
		return Arrays.stream(RestrictionPreset.values()).map((preset) -> {
			long on = restrictions.stream().filter((restriction) -> restriction.preset() == preset).count();
			int whole = RestrictionLists.entries(preset, rules).size();
			return new Card(word(preset), title(preset, locale), text("restriction.preset." + preset + ".text", locale),
					(on > 0) ? (int) on : whole, preset.entries().size() - whole, on > 0);
		}).toList();
	}

	/** One row for each entry, whatever it comes from. */
	private List<Row> rows(List<Restriction> restrictions, Locale locale) {
		var byEntry = restrictions.stream()
			.collect(Collectors.groupingBy(Restriction::entry, LinkedHashMap::new, Collectors.toList()));
		return byEntry.entrySet()
			.stream()
			.map((each) -> new Row(each.getKey(), RestrictionWords.display(each.getKey()),
					reaches(each.getValue(), locale),
					each.getValue().stream().anyMatch((restriction) -> restriction.preset() == null),
					each.getValue().stream().map((restriction) -> tag(restriction, locale)).toList()))
			.toList();
	}

	private String tag(Restriction restriction, Locale locale) {
		var preset = restriction.preset();
		return (preset != null) ? title(preset, locale) : text("restriction.own", locale);
	}

	private String title(RestrictionPreset preset, Locale locale) {
		return text("restriction.preset." + preset, locale);
	}

	/** What somebody noted; else what a preset or the numbering plan knows. */
	private String reaches(List<Restriction> sources, Locale locale) {
		var noted = sources.stream().map(Restriction::label).filter((label) -> !label.isEmpty()).findFirst();
		return noted.orElseGet(() -> reaches(sources.getFirst().entry(), locale));
	}

	private String reaches(String entry, Locale locale) {
		return Arrays.stream(RestrictionPreset.values())
			.filter((preset) -> preset.entries().contains(entry))
			.findFirst()
			.map((preset) -> reaches(preset, entry, locale))
			.orElseGet(() -> place(entry, locale));
	}

	private String reaches(RestrictionPreset preset, String entry, Locale locale) {
		return switch (preset) {
			case NANP_OFFSHORE, US_TERRITORIES, SATELLITE -> place(entry, locale);
			case NANP_PREMIUM -> text("restriction.reaches.premium", locale, place(entry, locale));
			case PERSONAL_NUMBERS -> text("restriction.reaches.personal", locale);
			case CARRIER_ACCESS -> text("restriction.reaches.carrier", locale);
		};
	}

	/** The country or service behind a number: {@code Bahamas}. */
	String place(String entry, Locale locale) {
		return CallingCodes.longestMatch(entry)
			.map((code) -> CountryNames.of(code, locale))
			.orElseGet(() -> text("restriction.reaches.nowhere", locale));
	}

	private static boolean matches(Row row, String q, Locale locale) {
		if (q.isEmpty()) {
			return true;
		}
		var digits = q.toUpperCase(Locale.ROOT).replaceAll("[^0-9X]", "");
		boolean number = !digits.isEmpty() && q.matches("[-+0-9xX.! ()]+");
		var words = q.toLowerCase(locale);
		return number ? row.entry().startsWith(digits) || row.entry().startsWith("1" + digits)
				: Stream.concat(Stream.of(row.reaches()), row.tags().stream())
					.anyMatch((text) -> text.toLowerCase(locale).contains(words));
	}

	private List<ExemptionRow> exemptions(PolicyRules rules, List<Restriction> restrictions, ZoneId zone,
			Locale locale) {
		var names = this.pbxs.ofPolicy(rules.id()).stream().collect(Collectors.toMap(Pbx::id, Pbx::name));
		var granted = this.lists.exemptions(rules.id());
		var groups = this.lists.groups(
				granted.stream().filter(GrantedExemption::ofGroup).map(GrantedExemption::pbxId).distinct().toList());
		var now = Instant.now(this.clock);
		return granted.stream().map((each) -> {
			var preset = each.preset();
			var until = each.until();
			return new ExemptionRow(each.id(),
					each.named(groups.getOrDefault(each.pbxId(), Collections.emptySortedMap())), each.ofGroup(),
					names.getOrDefault(each.pbxId(), ""),
					(preset != null) ? title(preset, locale) : RestrictionWords.display(each.target()),
					(until != null) ? DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
						.withLocale(locale)
						.format(until.atZone(zone)) : "",
					(until != null) ? left(Duration.between(now, until), locale) : text("restriction.never", locale),
					each.ended(now), !RestrictionLists.entries(each, restrictions).isEmpty());
		}).toList();
	}

	/** {@code ends in 3 hours}, {@code ended 2 days ago}. */
	private String left(Duration left, Locale locale) {
		var key = left.isPositive() ? "restriction.ends." : "restriction.ended.";
		var rest = left.abs();
		if (rest.toDays() > 1) {
			return text(key + "days", locale, rest.toDays());
		}
		return (rest.toHours() > 1) ? text(key + "hours", locale, rest.toHours())
				: text(key + "minutes", locale, Math.max(1, rest.toMinutes()));
	}

	private List<Target> targets(List<Restriction> restrictions, List<Row> rows, Locale locale) {
		var targets = new ArrayList<Target>();
		for (var preset : RestrictionPreset.values()) {
			if (restrictions.stream().anyMatch((restriction) -> restriction.preset() == preset)) {
				targets.add(new Target(preset.name(), title(preset, locale), true));
			}
		}
		rows.forEach((row) -> targets.add(new Target(row.entry(), row.display() + " " + row.reaches(), false)));
		return targets;
	}

	private List<Place> places(PolicyRules rules) {
		return this.pbxs.ofPolicy(rules.id()).stream().map((pbx) -> new Place(pbx.id(), pbx.name())).toList();
	}

	/** The groups that can be exempt, by PBX and name. */
	private List<Party> groups(PolicyRules rules, Locale locale) {
		var parties = new ArrayList<Party>();
		var served = this.pbxs.ofPolicy(rules.id());
		var groups = this.lists.groups(served.stream().map(Pbx::id).toList());
		for (var pbx : served) {
			groups.getOrDefault(pbx.id(), Collections.emptySortedMap())
				.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByValue())
				.forEach((group) -> parties.add(new Party(pbx.id() + ":" + group.getKey(),
						text("restriction.exempt.group.on", locale, group.getValue(), pbx.name()))));
		}
		return parties;
	}

	/** What is in a file, row by row, beside what is there already. */
	ImportPage preview(PolicyRules rules, String text, Locale locale) {
		var read = RestrictionImport.of(text, rules);
		var own = this.lists.list(rules.id())
			.stream()
			.filter((restriction) -> restriction.preset() == null)
			.map(Restriction::entry)
			.collect(Collectors.toCollection(TreeSet::new));
		var seen = new TreeSet<String>();
		var rows = new ArrayList<ImportPage.Good>();
		int added = 0;
		for (var good : read.good()) {
			boolean twice = !seen.add(good.entry());
			boolean there = own.contains(good.entry());
			added += (twice || there) ? 0 : 1;
			rows.add(new ImportPage.Good(good.line(), good.written(), RestrictionWords.display(good.entry()),
					good.label().isEmpty() ? reaches(good.entry(), locale) : good.label(),
					remarks(good, twice, there, locale)));
		}
		own.removeAll(seen);
		return new ImportPage(text, text("restriction.import.layout." + read.layout(), locale), rows, read.bad()
			.stream()
			.map((bad) -> new ImportPage.Bad(bad.line(), bad.written(), this.messages.getMessage(bad.reason(), locale)))
			.toList(), seen.size(), added, own.size());
	}

	private List<String> remarks(RestrictionImport.Good row, boolean twice, boolean there, Locale locale) {
		var remarks = new ArrayList<String>();
		if (row.assumed() != null) {
			remarks.add(assumed(row.assumed(), row.entry(), locale));
		}
		if (row.omitted() != null) {
			remarks.add(text("restriction.omitted." + row.omitted(), locale));
		}
		if (twice) {
			remarks.add(text("restriction.import.twice", locale));
		}
		else if (there) {
			remarks.add(text("restriction.import.there", locale));
		}
		return remarks;
	}

	String assumed(RestrictionReading.Assumed assumed, String entry, Locale locale) {
		return text("restriction.assumed." + assumed, locale, RestrictionWords.display(entry), place(entry, locale),
				entry);
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

	/**
	 * What an import would do.
	 *
	 * @param text the file
	 * @param layout what it was taken for
	 * @param entries how many different entries it has
	 * @param added how many of them are new
	 * @param others how many own entries are not in it
	 */
	record ImportPage(String text, String layout, List<Good> good, List<Bad> bad, int entries, int added, int others) {

		/** A row that can be taken over. */
		record Good(int line, String written, String display, String reaches, List<String> remarks) {
		}

		/** A row that cannot. */
		record Bad(int line, String written, String reason) {
		}

	}

	/** Names by id, for a form. */
	Map<String, RestrictionPreset> presets() {
		return Arrays.stream(RestrictionPreset.values())
			.collect(Collectors.toMap(RestrictionPages::word, (preset) -> preset));
	}

}
