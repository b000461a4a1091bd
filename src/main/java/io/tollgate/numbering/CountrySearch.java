package io.tollgate.numbering;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds calling codes by what people type. */
public final class CountrySearch {

	private static final Pattern NUMBER = Pattern.compile("[0-9+()./\\s-]+");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

	private CountrySearch() {
	}

	/**
	 * Whether an entry is meant by a query: part of a name (accents and case do not
	 * matter, every word must be found), an ISO code, a calling code with or without +,
	 * 00 and blanks, or a whole international number. An empty query means every entry.
	 */
	public static boolean matches(CallingCodeEntry entry, String query, Locale locale) {
		String asked = query.strip();
		if (asked.isEmpty()) {
			return true;
		}
		if (NUMBER.matcher(asked).matches()) {
			return matchesNumber(entry, asked);
		}
		List<String> names = Stream
			.concat(Stream.concat(Stream.of(locale), CountryNames.LANGUAGES.stream())
				.map((language) -> CountryNames.of(entry, language)), Stream.of(CountryNames.aliases(entry)))
			.flatMap(CountrySearch::words)
			.distinct()
			.toList();
		return words(asked).allMatch((word) -> matchesWord(entry, names, word));
	}

	private static boolean matchesNumber(CallingCodeEntry entry, String asked) {
		String digits = asked.replaceAll("[^0-9]", "").replaceFirst("^(011|0+)", "");
		return entry.code().startsWith(digits)
				|| CallingCodes.longestMatch(digits).map((found) -> found.equals(entry)).orElse(false);
	}

	/** Two letters are the beginning of a word: "us" does not mean Russia. */
	private static boolean matchesWord(CallingCodeEntry entry, List<String> names, String word) {
		if (word.chars().allMatch(Character::isDigit)) {
			return entry.code().startsWith(word);
		}
		return entry.regions().contains(word.toUpperCase(Locale.ROOT)) || names.stream()
			.anyMatch((name) -> (word.codePointCount(0, word.length()) > 2 || !isLatin(word)) ? name.contains(word)
					: name.startsWith(word));
	}

	private static boolean isLatin(String word) {
		return word.chars().allMatch((c) -> c < 0x250);
	}

	private static Stream<String> words(String text) {
		return Arrays.stream(BETWEEN_WORDS.split(fold(text))).filter((word) -> !word.isEmpty());
	}

	/** Lower case without accents; letters that have no accent but look as if. */
	private static String fold(String text) {
		String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		return plain.toLowerCase(Locale.ROOT)
			.replace("ø", "o")
			.replace("ł", "l")
			.replace("đ", "d")
			.replace("ı", "i")
			.replace("ß", "ss")
			.replace("æ", "ae")
			.replace("œ", "oe")
			.replace("’", "")
			.replace("'", "");
	}

}
