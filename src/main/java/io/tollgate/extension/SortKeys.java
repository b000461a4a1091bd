package io.tollgate.extension;

import io.tollgate.listing.SearchText;

/** What the list is sorted and searched by. */
final class SortKeys {

	/** As long as the column; the longest letters fold into a few. */
	private static final int LENGTH = 160;

	private SortKeys() {
	}

	/** Of a name, also to search in. */
	static String name(String name) {
		var folded = SearchText.folded(name);
		return (folded.length() > LENGTH) ? folded.substring(0, LENGTH) : folded;
	}

	/** A shorter number comes first: 99 before 100. */
	static String number(String number) {
		return "%02d%s".formatted(number.length(), number);
	}

}
