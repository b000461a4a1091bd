package io.tollgate.extension;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the list is sorted and searched by. */
final class SortKeys {

	/** As long as the column; the longest letters fold into a few. */
	private static final int LENGTH = 160;

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private SortKeys() {
	}

	/** Without accents, capitals and the other forms of letters and digits. */
	static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	/** Of a name, also to search in. */
	static String name(String name) {
		var folded = folded(name);
		return (folded.length() > LENGTH) ? folded.substring(0, LENGTH) : folded;
	}

	/** A shorter number comes first: 99 before 100. */
	static String number(String number) {
		return "%02d%s".formatted(number.length(), number);
	}

}
