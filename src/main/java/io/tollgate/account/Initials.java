package io.tollgate.account;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One or two letters that stand for somebody. */
final class Initials {

	private Initials() {
	}

	static String of(String displayName) {
		var words = displayName.strip().split("\\s+");
		return Stream.of(words[0], (words.length > 1) ? words[words.length - 1] : "")
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.substring(0, word.offsetByCodePoints(0, 1)))
			.collect(Collectors.joining())
			.toUpperCase(Locale.ROOT);
	}

}
