package io.tollgate.policy;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.tollgate.listing.ListPage;
import io.tollgate.numbering.WorldRegion;
import io.tollgate.policy.CountryDirectory.Listed;
import io.tollgate.policy.CountryFilter.Chip;
import io.tollgate.policy.CountryFilter.Sort;
import io.tollgate.policy.CountryFilter.View;
import io.tollgate.policy.CountryFilter.Zoom;
import io.tollgate.policy.CountryPage.Choice;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the rows, counts and addresses of the country list. */
@Component
class CountryLists {

	private final CountryDirectory directory;

	private final ObjectProvider<AppliedCodes> applied;

	private final MessageSource messages;

	CountryLists(CountryDirectory directory, ObjectProvider<AppliedCodes> applied, MessageSource messages) {
		this.directory = directory;
		this.applied = applied;
		this.messages = messages;
	}

	/**
	 * The list of that policy.
	 * @param picked the code that was switched last, {@code null} for none
	 */
	CountryPage page(PolicyRules rules, CountryFilter filter, @Nullable String picked, Locale locale) {
		var matching = this.directory.all(locale)
			.stream()
			.filter((listed) -> filter.matches(listed.entry(), locale))
			.toList();
		if (filter.sort() != Sort.NAME || filter.descending()) {
			matching = matching.stream().sorted(order(filter, locale)).toList();
		}
		var builder = new RowBuilder(rules, appliedCodes(rules.id()), locale);
		var open = new ArrayList<CountryRow>();
		var closed = new ArrayList<CountryRow>();
		for (Listed listed : matching) {
			boolean allowed = rules.allowedCodes().contains(listed.entry().code());
			if (filter.filter().matches(listed.entry(), allowed)) {
				(allowed ? open : closed).add(builder.row(listed));
			}
		}
		return new CountryPage(filter, open, closed, String.join(",", open.stream().map(CountryRow::code).toList()),
				chips(rules, matching, filter, locale), regions(filter, locale), views(rules, filter, locale),
				zooms(rules, filter, locale), filter.url(CountryFilter.PATH + ".csv", rules.id()),
				filter.cleared().url(CountryFilter.PATH, rules.id()), filter.url(CountryFilter.PATH, rules.id()),
				orders(rules, filter), (picked != null) ? row(rules, picked, locale) : null);
	}

	/** They come by name, so that those that are alike stay so. */
	private Comparator<Listed> order(CountryFilter filter, Locale locale) {
		Comparator<Listed> order = switch (filter.sort()) {
			case NAME -> Comparator.comparing(Listed::name, Collator.getInstance(locale)::compare);
			case CODE -> Comparator.comparing((listed) -> listed.entry().code());
			case REGION -> Comparator.comparing((listed) -> text("policy.region." + listed.entry().region(), locale),
					Collator.getInstance(locale)::compare);
		};
		return filter.descending() ? order.reversed() : order;
	}

	private static List<ListPage.Head> orders(PolicyRules rules, CountryFilter filter) {
		return Arrays.stream(Sort.values())
			.map((column) -> new ListPage.Head(
					"policy.column." + (column == Sort.NAME ? "country" : CountryFilter.word(column)),
					(column == Sort.REGION) ? "cell-lo" : "", false,
					filter.by(column).url(CountryFilter.PATH, rules.id()), filter.direction(column)))
			.toList();
	}

	/** The row of one code. */
	CountryRow row(PolicyRules rules, String code, Locale locale) {
		return this.directory.all(locale)
			.stream()
			.filter((listed) -> listed.entry().code().equals(code))
			.findFirst()
			.map(new RowBuilder(rules, appliedCodes(rules.id()), locale)::row)
			.orElseThrow();
	}

	Optional<Set<String>> appliedCodes(long policy) {
		return this.applied.stream().findFirst().flatMap((source) -> source.appliedCodes(policy));
	}

	private List<Choice> chips(PolicyRules rules, List<Listed> matching, CountryFilter filter, Locale locale) {
		return Arrays.stream(Chip.values()).map((chip) -> {
			long count = matching.stream()
				.filter((listed) -> chip.matches(listed.entry(), rules.allowedCodes().contains(listed.entry().code())))
				.count();
			return new Choice(CountryFilter.word(chip), text("policy.filter." + chip, locale),
					filter.with(chip).url(CountryFilter.PATH, rules.id()), (int) count, chip == filter.filter());
		}).toList();
	}

	private List<Choice> regions(CountryFilter filter, Locale locale) {
		var all = new Choice("", text("policy.region.ALL", locale), "", -1, filter.region() == null);
		return Stream
			.concat(Stream.of(all),
					Arrays.stream(WorldRegion.values())
						.map((region) -> new Choice(CountryFilter.word(region), text("policy.region." + region, locale),
								"", -1, region == filter.region())))
			.toList();
	}

	private List<Choice> views(PolicyRules rules, CountryFilter filter, Locale locale) {
		return Arrays.stream(View.values())
			.map((view) -> new Choice(CountryFilter.word(view), text("policy.view." + view, locale),
					filter.with(view).with(Zoom.WORLD).url(CountryFilter.PATH, rules.id()), -1, view == filter.view()))
			.toList();
	}

	private List<Choice> zooms(PolicyRules rules, CountryFilter filter, Locale locale) {
		return Arrays.stream(Zoom.values())
			.map((zoom) -> new Choice(CountryFilter.word(zoom), text("policy.zoom." + zoom, locale),
					filter.with(zoom).url(CountryFilter.PATH, rules.id()), -1, zoom == filter.zoom()))
			.toList();
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

	/** Looks up once what all rows share. */
	private final class RowBuilder {

		private final PolicyRules rules;

		private final Optional<Set<String>> appliedCodes;

		private final Locale locale;

		private final String[] regions;

		private final String unapplied;

		private final String toggle;

		RowBuilder(PolicyRules rules, Optional<Set<String>> appliedCodes, Locale locale) {
			this.rules = rules;
			this.appliedCodes = appliedCodes;
			this.locale = locale;
			this.regions = Arrays.stream(WorldRegion.values())
				.map((region) -> text("policy.region." + region, locale))
				.toArray(String[]::new);
			this.unapplied = text("frame.unapplied", locale);
			this.toggle = CountryFilter.PATH + "/" + rules.id() + "/";
		}

		CountryRow row(Listed listed) {
			var entry = listed.entry();
			boolean allowed = this.rules.allowedCodes().contains(entry.code());
			boolean unapplied = this.appliedCodes.filter((codes) -> codes.contains(entry.code()) != allowed)
				.isPresent();
			boolean group = listed.places().size() > 1;
			boolean main = entry.code().equals("1");
			var together = group ? text("policy.together", this.locale, listed.places().size()) : "";
			return new CountryRow(entry.code(), entry.display(), listed.name(), listed.places(),
					this.regions[entry.region().ordinal()], allowed, unapplied,
					(group ? "is-group " : "") + (unapplied ? "is-unapplied" : ""),
					unapplied ? this.unapplied : together, together, main,
					text("policy.select", this.locale, listed.name()),
					this.toggle + entry.code() + (allowed ? "/block" : "/allow"));
		}

	}

}
