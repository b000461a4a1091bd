package io.tollgate.apply;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.tollgate.connector.Problem;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says changes and problems in words. */
@Component
public class ChangeWords {

	private static final int LONGEST_PROBLEM = 900;

	/** More names than this in one line help nobody. */
	private static final int NAMED = 12;

	private final MessageSource messages;

	ChangeWords(MessageSource messages) {
		this.messages = messages;
	}

	/**
	 * The effect, as on the review page: "Argentina (+54) becomes dialable for 9
	 * extensions".
	 */
	public String line(Change change, Locale locale) {
		return this.messages.getMessage("apply.change." + change.kind().code(), arguments(change, locale), locale);
	}

	/** What else there is to say of it; empty for nothing. */
	public String detail(Change change, Locale locale) {
		return Objects.requireNonNullElse(this.messages.getMessage("apply.change." + change.kind().code() + ".detail",
				arguments(change, locale), "", locale), "");
	}

	/** A few words for the strip on top of every page: "Argentina allowed". */
	public String brief(Change change, Locale locale) {
		return this.messages.getMessage("apply.change." + change.kind().code() + ".brief", arguments(change, locale),
				locale);
	}

	/**
	 * What went wrong with a PBX, and what to do. A PBX may have said a part of it: no
	 * control characters, and at most {@value #LONGEST_PROBLEM} characters.
	 */
	public String problem(Problem problem, Locale locale) {
		var said = Objects
			.requireNonNull(this.messages.getMessage("problem." + problem.code(), problem.arguments().toArray(),
					problem.toString(), locale))
			.replaceAll("\\p{Cntrl}", " ");
		return (said.length() <= LONGEST_PROBLEM) ? said : said.substring(0, LONGEST_PROBLEM - 1) + "…";
	}

	/** A calling code with the names of its countries: "Argentina (+54)". */
	public String code(String code, Locale locale) {
		return names(code, locale) + " (+" + code + ")";
	}

	private Object[] arguments(Change change, Locale locale) {
		return new Object[] { subject(change, locale), change.count(), items(change, locale) };
	}

	private String subject(Change change, Locale locale) {
		return switch (change.kind()) {
			case CODE_OPENED, CODE_CLOSED -> code(change.subject(), locale);
			case HOME_COUNTRY -> CountryNames.name(change.subject(), locale);
			default -> change.subject();
		};
	}

	private String items(Change change, Locale locale) {
		return switch (change.kind()) {
			case CODES_OPENED, CODES_CLOSED, PROTECTION_ON ->
				shortened(change.items().stream().map((code) -> names(code, locale)).toList(), locale);
			default -> shortened(change.items(), locale);
		};
	}

	private static String names(String code, Locale locale) {
		return CallingCodes.find(code).map((entry) -> CountryNames.of(entry, locale)).orElse("+" + code);
	}

	private String shortened(List<String> items, Locale locale) {
		if (items.isEmpty()) {
			return this.messages.getMessage("apply.none", null, locale);
		}
		if (items.size() <= NAMED) {
			return joined(items);
		}
		return this.messages.getMessage("apply.and-more",
				new Object[] { joined(items.subList(0, NAMED)), items.size() - NAMED }, locale);
	}

	private static String joined(Collection<String> items) {
		return items.stream().collect(Collectors.joining(", "));
	}

}
