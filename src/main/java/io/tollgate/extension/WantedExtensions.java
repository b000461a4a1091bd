package io.tollgate.extension;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.tollgate.api.RefusedException;
import io.tollgate.extension.ExtensionFilter.Show;
import io.tollgate.extension.ExtensionFilter.Sort;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Which extensions a script wants: as the page filters, and by policy.
 *
 * @param policy only on the PBXs of that one, {@code null} for all
 */
record WantedExtensions(ExtensionFilter filter, @Nullable Long policy) {

	/**
	 * A word that is not known is refused: what a page shows too much of is seen, what a
	 * script changes too much of is not.
	 * @param path where the word stands
	 */
	static WantedExtensions of(@Nullable String q, @Nullable String show, @Nullable Long pbx, @Nullable String group,
			@Nullable Long policy, String path, MessageSource messages) {
		var word = Objects.requireNonNullElse(show, Show.ALL.word());
		var shown = Arrays.stream(Show.values())
			.filter((each) -> each.word().equals(word))
			.findFirst()
			.orElseThrow(() -> new RefusedException(path,
					messages.getMessage("extension.api.show", new Object[] { word, words() }, Locale.ENGLISH)));
		return new WantedExtensions(
				new ExtensionFilter(stripped(q), shown, pbx, stripped(group), Sort.NUMBER, false, 0), policy);
	}

	private static String stripped(@Nullable String text) {
		return (text != null) ? text.strip() : "";
	}

	private static String words() {
		return Arrays.stream(Show.values()).map(Show::word).collect(Collectors.joining(", "));
	}

}
