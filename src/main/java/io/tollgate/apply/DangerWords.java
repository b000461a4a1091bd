package io.tollgate.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.tollgate.policy.RestrictionWords;
import io.tollgate.proof.Leak;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what an apply would make worse, and what to type when it is meant. */
@Component
class DangerWords {

	/** More countries than this in one line help nobody. */
	private static final int NAMED = 6;

	/** A page shows several blanks as one. */
	private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");

	private final ChangeWords words;

	private final MessageSource messages;

	DangerWords(ChangeWords words, MessageSource messages) {
		this.words = words;
		this.messages = messages;
	}

	/** One danger in one or two sentences. */
	String line(Danger danger, Locale locale) {
		return switch (danger) {
			case Danger.Opened opened -> leak(opened, locale);
			case Danger.Hidden hidden ->
				message("apply.danger.emergency." + code(hidden.kind()), locale, hidden.number(), hidden.route());
			case Danger.Unproved unproved -> message("apply.danger.unproved." + code(unproved.gap()), locale);
			case Danger.Unknown unknown -> message("apply.danger.unknown", locale, unknown.why());
		};
	}

	private String leak(Danger.Opened opened, Locale locale) {
		var leak = opened.leak();
		var who = leak.endpoint().isEmpty() ? message("apply.danger.leak.somebody", locale)
				: message("apply.danger.leak.who", locale, leak.endpoint(), Math.max(0, leak.endpoints() - 1));
		var said = new ArrayList<String>();
		said.add(message("apply.danger.leak." + code(leak.kind()), locale, subjects(opened, locale)));
		said.add(message("apply.danger.leak.way", locale, who, leak.dialled(), leak.route(), leak.pattern(),
				leak.trunk(), leak.sent(), leak.number()));
		said.add(message("apply.danger.leak.cause." + code(leak.cause()), locale));
		if (!leak.always()) {
			said.add(message("apply.danger.leak.sometimes", locale));
		}
		return String.join(" ", said);
	}

	private String subjects(Danger.Opened opened, Locale locale) {
		var names = opened.subjects()
			.stream()
			.sorted(Comparator.comparing(String::isEmpty))
			.map((subject) -> subject(opened.leak().kind(), subject, locale))
			.toList();
		return (names.size() <= NAMED) ? String.join(", ", names)
				: message("apply.and-more", locale, String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
	}

	/** A code that no country has is empty. */
	private String subject(Leak.Kind kind, String subject, Locale locale) {
		return switch (kind) {
			case RESTRICTED -> RestrictionWords.display(subject);
			case BLOCKED -> message("apply.danger.leak.quoted", locale, subject);
			case COUNTRY ->
				subject.isEmpty() ? message("apply.danger.leak.no-country", locale) : this.words.code(subject, locale);
		};
	}

	/** What to type: the name of the one PBX, or a phrase when there are several. */
	String wanted(Collection<String> pbxNames, Locale locale) {
		return (pbxNames.size() == 1) ? plain(pbxNames.iterator().next())
				: message("apply.danger.confirm.phrase", locale);
	}

	/**
	 * Whether it was typed.
	 * @param listed all PBXs that the page names
	 * @param chosen those of them that the apply is for
	 */
	boolean confirms(Confirmation confirmation, Collection<String> listed, Collection<String> chosen) {
		var typed = plain(confirmation.typed());
		var locale = confirmation.locale();
		return List.of(wanted(listed, locale), wanted(chosen, locale)).stream().anyMatch(typed::equalsIgnoreCase);
	}

	private static String plain(String text) {
		return BLANKS.matcher(text).replaceAll(" ").strip();
	}

	private static String code(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private String message(String code, Locale locale, Object... arguments) {
		return this.messages.getMessage(code, arguments, locale);
	}

}
