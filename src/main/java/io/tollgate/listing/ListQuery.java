package io.tollgate.listing;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What the address of a list asks for. Whatever cannot be meant is left out, as a list is
 * better than an error.
 *
 * @param q words that a row must hold together; empty for all rows
 * @param sort the word of a column, empty for the usual one
 * @param dir {@code asc} or {@code desc}, empty for the usual one of the column
 * @param page counted from 1
 */
public record ListQuery(@Nullable String q, @Nullable String sort, @Nullable String dir, @Nullable String page) {

	/** The list as it usually is. */
	public static final ListQuery USUAL = new ListQuery("", "", "", "");

	private static final int LONGEST = 80;

	public ListQuery {
		var text = Objects.requireNonNullElse(q, "").strip();
		q = (text.length() > LONGEST) ? text.substring(0, LONGEST) : text;
		sort = Objects.requireNonNullElse(sort, "");
		dir = Objects.requireNonNullElse(dir, "");
		page = Objects.requireNonNullElse(page, "");
	}

	/** A page of the list as it usually is, counted from 0. */
	public static ListQuery page(int place) {
		return new ListQuery("", "", "", String.valueOf(place + 1));
	}

	/** The words to look for. */
	public String text() {
		return Objects.requireNonNullElse(this.q, "");
	}

	/**
	 * Those of the rows that hold all words.
	 * @param texts what is searched in a row
	 */
	public <T> List<T> find(List<T> rows, Function<T, Collection<String>> texts) {
		var words = SearchText.words(text());
		return words.isEmpty() ? rows : rows.stream().filter((row) -> {
			var text = SearchText.folded(String.join("\n", texts.apply(row)));
			return words.stream().allMatch(text::contains);
		}).toList();
	}

	/** Counted from 0. */
	public int place() {
		var digits = Objects.requireNonNullElse(this.page, "");
		return digits.matches("[0-9]{1,6}") ? Math.max(0, Integer.parseInt(digits) - 1) : 0;
	}

}
