package io.tollgate.extension;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.tollgate.extension.ExtensionFilter.Show;
import io.tollgate.extension.ExtensionFilter.Sort;
import io.tollgate.listing.ListPage;
import org.jspecify.annotations.Nullable;

/**
 * The list as it is shown.
 *
 * @param total extensions that match, on all pages
 * @param any whether any PBX has an extension: none is another text than no match
 * @param unguarded whether some extension that may not call abroad still can, for want of
 * protection
 */
record ExtensionPage(ExtensionFilter filter, List<Row> rows, int total, boolean any, boolean unguarded,
		List<Chip> chips, List<ListPage.Head> columns, @Nullable String previous, @Nullable String next, String csv) {

	static ExtensionPage of(ExtensionFilter filter, List<ExtensionListing> listings, Map<Show, Integer> counts,
			boolean any, boolean unguarded) {
		var chips = Arrays.stream(Show.values())
			.map((show) -> new Chip(show.name(), counts.getOrDefault(show, 0), show == filter.show(),
					filter.with(show).url(ExtensionFilter.PATH)))
			.toList();
		var columns = Arrays.stream(Sort.values())
			.map((sort) -> new ListPage.Head("extension.sort." + sort, (sort == Sort.PBX) ? "cell-lo" : "", false,
					filter.by(sort).url(ExtensionFilter.PATH),
					(sort != filter.sort()) ? null : filter.descending() ? "descending" : "ascending"))
			.toList();
		int total = counts.getOrDefault(filter.show(), 0);
		boolean more = (filter.page() + 1) * ExtensionFilter.PAGE_SIZE < total;
		return new ExtensionPage(filter, listings.stream().map(Row::of).toList(), total, any, unguarded, chips, columns,
				(filter.page() > 0) ? filter.at(filter.page() - 1).url(ExtensionFilter.PATH) : null,
				more ? filter.at(filter.page() + 1).url(ExtensionFilter.PATH) : null,
				filter.at(0).url(ExtensionFilter.PATH + ".csv"));
	}

	/** One row in the words that the template needs. */
	record Row(long id, String number, String name, String pbx, boolean present, boolean unapplied, String abroad,
			String outbound, @Nullable Integer maxSeconds) {

		static Row of(ExtensionListing listing) {
			return new Row(listing.id(), listing.number(), listing.name(), listing.pbx(), listing.present(),
					listing.unapplied(), listing.abroad().name(), listing.outbound().name(),
					listing.restrictions().maxDurationSeconds());
		}

	}

	record Chip(String show, long count, boolean current, String url) {
	}

}
