package io.tollgate.listing;

import java.text.Collator;
import java.util.Comparator;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A column of a list.
 *
 * @param word how the address calls it, empty for one that does not sort
 * @param label the key of its words
 * @param css how it looks
 * @param spoken whether its head is only for those who hear the page
 * @param latestFirst which way round a first click sorts
 * @param order {@code null} for one that does not sort, or that somebody else sorts by
 */
record ListColumn<T>(String word, String label, String css, boolean spoken, boolean latestFirst,
		@Nullable Function<Collator, Comparator<T>> order) {

	ListColumn<T> looking(String newCss) {
		return new ListColumn<>(this.word, this.label, newCss, this.spoken, this.latestFirst, this.order);
	}

	boolean sorts() {
		return !this.word.isEmpty();
	}

}
