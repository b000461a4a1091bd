package io.tollgate.listing;

/**
 * The order of a list and the page that is asked for.
 *
 * @param column the word of a column of the list
 * @param descending the other way round
 * @param place of the page, counted from 0; it may be beyond the last one
 * @param size rows on a page
 */
public record ListOrder(String column, boolean descending, int place, int size) {

	/** The page that is shown of as many rows: the last one for one beyond. */
	public int within(long rows) {
		return (int) Math.clamp(this.place, 0, Math.max(0, (rows - 1) / this.size));
	}

}
