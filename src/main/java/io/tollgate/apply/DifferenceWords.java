package io.tollgate.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tollgate.proof.Difference;
import io.tollgate.proof.Difference.Line;
import io.tollgate.proof.Difference.Numbers;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says which numbers become dialable or stop being so, and for whom. */
@Component
class DifferenceWords {

	/** More countries than this in one line help nobody. */
	private static final int NAMED = 8;

	private final ChangeWords words;

	private final MessageSource messages;

	DifferenceWords(ChangeWords words, MessageSource messages) {
		this.words = words;
		this.messages = messages;
	}

	/** All of it, emergency numbers first. */
	List<Said> said(Difference difference, Locale locale) {
		var said = new ArrayList<Said>();
		if (!difference.emergencyLost().isEmpty()) {
			said.add(new Said(Change.Effect.CLOSES, message("apply.difference.emergency.lost", locale,
					difference.emergencyLost().size(), String.join(", ", difference.emergencyLost())), ""));
		}
		if (!difference.emergencyGained().isEmpty()) {
			said.add(new Said(Change.Effect.OPENS, message("apply.difference.emergency.gained", locale,
					difference.emergencyGained().size(), String.join(", ", difference.emergencyGained())), ""));
		}
		difference.lines().forEach((line) -> said.add(said(line, locale)));
		return said;
	}

	private Said said(Line line, Locale locale) {
		var numbers = line.numbers();
		var count = numbers.count();
		var what = count.isPresent()
				? message("apply.difference.counted", locale, what(numbers, locale), count.getAsLong())
				: what(numbers, locale);
		var text = message("apply.difference." + code(line.change()), locale, what,
				message("apply.difference.callers", locale, line.callers().all() ? -1 : line.callers().count()),
				message("apply.difference.when." + code(line.when()), locale));
		return new Said(effect(line.change()), text, detail(line, locale));
	}

	private static Change.Effect effect(Difference.Change change) {
		return switch (change) {
			case DIALABLE, DIALABLE_WITH_PIN, PIN_DROPPED -> Change.Effect.OPENS;
			case NOT_DIALABLE, PIN_ASKED -> Change.Effect.CLOSES;
		};
	}

	private String what(Numbers numbers, Locale locale) {
		var patterns = numbers.more()
				? message("apply.difference.more-patterns", locale, String.join(", ", numbers.patterns()))
				: String.join(", ", numbers.patterns());
		return switch (numbers.kind()) {
			case COUNTRY -> countries(numbers, locale);
			case MOST_OF_COUNTRY -> message("apply.difference.most", locale, countries(numbers, locale));
			case RESTRICTION -> message("apply.difference.restriction", locale, patterns);
			case AS_DIALLED -> message("apply.difference.as-dialed", locale, patterns);
			case NUMBERS -> switch (numbers.codes().size()) {
				case 0 -> message("apply.difference.no-country", locale, patterns);
				case 1 -> message("apply.difference.some", locale, patterns, countries(numbers, locale));
				default -> message("apply.difference.some-of", locale, countries(numbers, locale));
			};
		};
	}

	private String countries(Numbers numbers, Locale locale) {
		var names = numbers.codes().stream().map((code) -> this.words.code(code, locale)).toList();
		return (names.size() <= NAMED) ? String.join(", ", names)
				: message("apply.and-more", locale, String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
	}

	private String detail(Line line, Locale locale) {
		var numbers = line.numbers();
		var plus = (numbers.kind() == Numbers.Kind.AS_DIALLED) ? "" : "+";
		var callers = line.callers();
		var who = (callers.all() || callers.some().isEmpty()) ? ""
				: (callers.count() > callers.some().size()) ? message("apply.and-more", locale,
						String.join(", ", callers.some()), callers.count() - callers.some().size())
						: String.join(", ", callers.some());
		return message("apply.difference.detail", locale, plus + numbers.example(), who.isEmpty() ? 0 : 1, who);
	}

	private static String code(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private String message(String code, Locale locale, Object... arguments) {
		return this.messages.getMessage(code, arguments, locale);
	}

	/**
	 * One line.
	 *
	 * @param effect whether more or less becomes dialable
	 * @param text what and for whom
	 * @param detail an example; empty for nothing
	 */
	record Said(Change.Effect effect, String text, String detail) {
	}

}
