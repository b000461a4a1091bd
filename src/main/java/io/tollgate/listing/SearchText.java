package io.tollgate.listing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How texts are compared by those who search. */
public final class SearchText {

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private SearchText() {
	}

	/** Without accents, capitals and the other forms of letters and digits. */
	public static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	/**
	 * What a text in small letters is like, as databases say it, that holds what is
	 * searched; {@code !} escapes.
	 */
	public static String like(String search) {
		return "%" + search.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
	}

	/** The words of what is searched, folded; none for an empty search. */
	public static List<String> words(String search) {
		return Arrays.stream(folded(search).split("\\s+")).filter((word) -> !word.isEmpty()).toList();
	}

}
