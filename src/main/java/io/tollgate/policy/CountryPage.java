package io.tollgate.policy;

import java.util.List;

import io.tollgate.listing.ListPage;
import org.jspecify.annotations.Nullable;

/**
 * The country list of one policy, filtered.
 *
 * @param open the rows shown that are allowed
 * @param closed the rows shown that are blocked
 * @param was the codes shown that are allowed, to tell later what a person switched
 * @param chips the filters with their true counts
 * @param regions the choices of the region field
 * @param views the list and the map
 * @param zooms the parts of the map
 * @param exportUrl the same list as CSV
 * @param clearUrl the list without search and filters
 * @param url this very list
 * @param orders the columns that sort
 * @param picked the code switched last, on the map
 */
record CountryPage(CountryFilter filter, List<CountryRow> open, List<CountryRow> closed, String was, List<Choice> chips,
		List<Choice> regions, List<Choice> views, List<Choice> zooms, String exportUrl, String clearUrl, String url,
		List<ListPage.Head> orders, @Nullable CountryRow picked) {

	public int matching() {
		return this.open.size() + this.closed.size();
	}

	/**
	 * One of several.
	 *
	 * @param value as it stands in the URL
	 * @param url where it leads, empty where it is an option of a field
	 * @param count how many codes it shows, -1 where nothing is counted
	 */
	record Choice(String value, String label, String url, int count, boolean current) {
	}

}
