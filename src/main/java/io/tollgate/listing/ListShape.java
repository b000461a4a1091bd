package io.tollgate.listing;

import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The columns of a list, what is searched in it and how much stands on a page. The first
 * column that sorts is the usual order, unless another one is said to be; rows that are
 * alike stay as they come.
 *
 * @param <T> a row
 */
public final class ListShape<T> {

	private static final int PAGE_SIZE = 50;

	private final List<ListColumn<T>> columns;

	private final int pageSize;

	private final String usual;

	private ListShape(List<ListColumn<T>> columns, int pageSize, String usual) {
		this.columns = columns;
		this.pageSize = pageSize;
		this.usual = usual;
	}

	/** One without columns yet. */
	public static <T> ListShape<T> empty() {
		return new ListShape<>(List.of(), PAGE_SIZE, "");
	}

	/** With as many rows on a page. */
	public ListShape<T> pages(int size) {
		return new ListShape<>(this.columns, size, this.usual);
	}

	/** In the order of that column unless another one is asked for. */
	public ListShape<T> usually(String word) {
		return new ListShape<>(this.columns, this.pageSize, word);
	}

	/** A column that sorts as people of the reader's language do. */
	public ListShape<T> text(String word, String label, Function<T, String> text) {
		return with(new ListColumn<>(word, label, "", false, false,
				(collator) -> Comparator.comparing(text, collator::compare)));
	}

	/** A column that sorts by a value; rows without one come first. */
	public <C extends Comparable<? super C>> ListShape<T> value(String word, String label,
			Function<T, @Nullable C> value) {
		return with(new ListColumn<>(word, label, "", false, false,
				(collator) -> Comparator.comparing(value, Comparator.nullsFirst(Comparator.<C>naturalOrder()))));
	}

	/** A column of numbers; a first click shows the greatest. */
	public ListShape<T> number(String word, String label, Function<T, Long> number) {
		return with(new ListColumn<>(word, label, "num", false, true, (collator) -> Comparator.comparing(number)));
	}

	/** A column of times; a first click shows the latest, those without one last. */
	public ListShape<T> time(String word, String label, Function<T, @Nullable Instant> time) {
		return with(new ListColumn<>(word, label, "", false, true,
				(collator) -> Comparator.comparing(time, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))));
	}

	/** A column that whoever finds the rows sorts by, as a database does. */
	public ListShape<T> sorted(String word, String label, boolean latestFirst) {
		return with(new ListColumn<>(word, label, "", false, latestFirst, null));
	}

	/** A column that does not sort. */
	public ListShape<T> plain(String label) {
		return with(new ListColumn<>("", label, "", false, false, null));
	}

	/** A column of buttons. */
	public ListShape<T> actions(String label) {
		return with(new ListColumn<>("", label, "", true, false, null));
	}

	/** How the column that was named last looks. */
	public ListShape<T> looking(String css) {
		var changed = new ArrayList<>(this.columns);
		changed.add(changed.removeLast().looking(css));
		return new ListShape<>(changed, this.pageSize, this.usual);
	}

	private ListShape<T> with(ListColumn<T> column) {
		var more = new ArrayList<>(this.columns);
		more.add(column);
		return new ListShape<>(List.copyOf(more), this.pageSize, this.usual);
	}

	/** The order that is asked for, or else the usual one. */
	public ListOrder order(ListQuery query) {
		var column = column(query.sort());
		boolean descending = switch (query.dir()) {
			case "asc" -> false;
			case "desc" -> true;
			case null, default -> column.latestFirst();
		};
		return new ListOrder(column.word(), descending, query.place(), this.pageSize);
	}

	private ListColumn<T> column(@Nullable String word) {
		var sorting = this.columns.stream().filter(ListColumn::sorts).toList();
		return Stream.of(Objects.requireNonNullElse(word, ""), this.usual)
			.flatMap((wanted) -> sorting.stream().filter((column) -> column.word().equals(wanted)))
			.findFirst()
			.orElse(sorting.getFirst());
	}

	/**
	 * The page of a list that is here as a whole.
	 * @param at where the list is
	 * @param rows all of them, those that are alike in their order
	 * @param texts what is searched in a row
	 */
	public ListPage<T> show(ListAddress at, ListQuery query, List<T> rows, Function<T, Collection<String>> texts,
			Locale locale) {
		return show(at, query, query.find(rows, texts), rows.size(), locale);
	}

	/**
	 * The page of a list of which everything that was found is here.
	 * @param found those that are alike in their order
	 * @param all how many there are without what is searched and chosen
	 */
	public ListPage<T> show(ListAddress at, ListQuery query, List<T> found, int all, Locale locale) {
		var order = order(query);
		var rule = column(order.column()).order();
		var sorted = new ArrayList<>(found);
		if (rule != null) {
			var rising = rule.apply(Collator.getInstance(locale));
			sorted.sort(order.descending() ? rising.reversed() : rising);
		}
		int from = order.within(sorted.size()) * this.pageSize;
		var rows = sorted.subList(from, Math.min(from + this.pageSize, sorted.size()));
		return page(at, query, rows, sorted.size(), all);
	}

	/**
	 * The page of a list of which only that page is here.
	 * @param rows of the page
	 * @param found on all pages
	 * @param all without what is searched; only whether there are any counts
	 */
	public ListPage<T> page(ListAddress at, ListQuery query, List<T> rows, long found, long all) {
		var order = order(query);
		var usual = column("");
		var chosen = column(order.column());
		var kept = new ListPage.Shown(query.text(), chosen.word().equals(usual.word()) ? "" : chosen.word(),
				(order.descending() == chosen.latestFirst()) ? "" : order.descending() ? "desc" : "asc");
		var heads = this.columns.stream().map((column) -> head(column, at, kept, order, usual)).toList();
		return new ListPage<>(at, kept, heads, List.copyOf(rows), order.within(found), this.pageSize, found, all);
	}

	/** The other way round for the column that it is sorted by. */
	private ListPage.Head head(ListColumn<T> column, ListAddress at, ListPage.Shown kept, ListOrder order,
			ListColumn<T> usual) {
		if (!column.sorts()) {
			return new ListPage.Head(column.label(), column.css(), column.spoken(), null, null);
		}
		boolean chosen = column.word().equals(order.column());
		boolean turned = chosen && order.descending() == column.latestFirst();
		var url = at.url(new ListPage.Shown(kept.q(), column.word().equals(usual.word()) ? "" : column.word(),
				!turned ? "" : column.latestFirst() ? "asc" : "desc"), 0);
		return new ListPage.Head(column.label(), column.css(), false, url,
				!chosen ? null : order.descending() ? "descending" : "ascending");
	}

}
