package io.tollgate.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param q what was searched for
 * @param kinds that have something, in the order shown
 */
record SearchResults(String q, List<Kind> kinds) {

	boolean isEmpty() {
		return this.kinds.isEmpty();
	}

	/**
	 * Things of one kind.
	 *
	 * @param id part of the message key {@code frame.search.kind.} + id
	 * @param icon name in the sprite
	 * @param more the list that shows all of them, {@code null} when there is none
	 */
	record Kind(String id, String icon, List<Hit> hits, @Nullable String more) {
	}

	/**
	 * One thing.
	 *
	 * @param text its name
	 * @param detail where it belongs, may be empty
	 * @param url its page, or the list with it alone
	 */
	record Hit(String text, String detail, String url) {
	}

}
