package io.tollgate.listing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a list.
 *
 * @param at where the list is
 * @param shown what is searched, and in which order
 * @param columns from left to right
 * @param rows of this page
 * @param page counted from 0
 * @param size rows on a page
 * @param found rows on all pages
 * @param all rows if nothing were searched
 */
public record ListPage<T>(ListAddress at, Shown shown, List<Head> columns, List<T> rows, int page, int size, long found,
		long all) {

	/** Whether there is anything to search in. */
	public boolean isEmpty() {
		return this.all == 0 && this.shown.q().isEmpty();
	}

	/** The same page with its rows put otherwise. */
	public <R> ListPage<R> told(Function<T, R> words) {
		return new ListPage<>(this.at, this.shown, this.columns, this.rows.stream().map(words).toList(), this.page,
				this.size, this.found, this.all);
	}

	/** Where the page is. */
	public String path() {
		return this.at.path();
	}

	/** What a form has to send besides, by name. */
	public Map<String, String> kept() {
		return this.at.kept();
	}

	/** Where this page is. */
	public String here() {
		return this.at.url(this.shown, this.page);
	}

	/** The page before this one, {@code null} on the first. */
	public @Nullable String previous() {
		return (this.page > 0) ? this.at.url(this.shown, this.page - 1) : null;
	}

	/** The page after this one, {@code null} on the last. */
	public @Nullable String next() {
		return ((this.page + 1L) * this.size < this.found) ? this.at.url(this.shown, this.page + 1) : null;
	}

	/** The list with that chosen beside its search, in the same order. */
	public String with(String name, String value) {
		return this.at.with(name, value).url(this.shown, 0);
	}

	/** All rows in the same order: without the search, or else without what is chosen. */
	public String cleared() {
		var everything = new Shown("", this.shown.sort(), this.shown.dir());
		return (this.shown.q().isEmpty() ? ListAddress.of(this.at.path()) : this.at).url(everything, 0);
	}

	/**
	 * As in the address: empty for what is usual.
	 *
	 * @param q what is searched
	 * @param sort the word of the column
	 * @param dir {@code asc}, {@code desc} or empty
	 */
	public record Shown(String q, String sort, String dir) {
	}

	/**
	 * The head of a column.
	 *
	 * @param label the key of its words
	 * @param css how it looks
	 * @param spoken whether it is only for those who hear the page
	 * @param url the list sorted by it, {@code null} if it cannot be
	 * @param direction {@code ascending} or {@code descending} if it is sorted by it
	 */
	public record Head(String label, String css, boolean spoken, @Nullable String url, @Nullable String direction) {
	}

}
