package io.tollgate.policyfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

import io.tollgate.apply.ChangeWords;
import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.RestrictionWords;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in words what a file does to a policy. */
@Component
class EditWords {

	private final MessageSource messages;

	private final ChangeWords words;

	EditWords(MessageSource messages, ChangeWords words) {
		this.messages = messages;
		this.words = words;
	}

	/** A line for each thing that becomes different. */
	List<String> lines(PolicyEdit edit, Locale locale) {
		var before = edit.before();
		var after = edit.after();
		var lines = new ArrayList<String>();
		if (after == null) {
			lines.add(text("deleted", locale));
			return lines;
		}
		if (edit.created()) {
			lines.add(text("created", locale, country(before, locale)));
		}
		changed(lines, "name", before.name(), after.name(), locale);
		changed(lines, "home-country", country(before, locale), country(after, locale), locale);
		switched(lines, "protection", before.protection(), after.protection(), locale);
		changed(lines, "dialing-code", before.dialingCode(), after.dialingCode(), locale);
		changed(lines, "prefixes", joined(before.prefixes(), locale), joined(after.prefixes(), locale), locale);
		changed(lines, "emergency", joined(before.emergencyNumbers(), locale), joined(after.emergencyNumbers(), locale),
				locale);
		added(lines, "allowed", Objects.requireNonNull(before.allowedCodes()),
				Objects.requireNonNull(after.allowedCodes()), (code) -> this.words.code(code, locale), locale);
		added(lines, "blocked", Objects.requireNonNull(after.allowedCodes()),
				Objects.requireNonNull(before.allowedCodes()), (code) -> this.words.code(code, locale), locale);
		switched(lines, "repairs", before.repairsByItself(), after.repairsByItself(), locale);
		added(lines, "preset-on", Objects.requireNonNull(before.presets()), Objects.requireNonNull(after.presets()),
				(preset) -> preset(preset, locale), locale);
		added(lines, "preset-off", Objects.requireNonNull(after.presets()), Objects.requireNonNull(before.presets()),
				(preset) -> preset(preset, locale), locale);
		numbers(lines, Objects.requireNonNull(before.numbers()), Objects.requireNonNull(after.numbers()), locale);
		exemptions(lines, Objects.requireNonNull(before.exemptions()), Objects.requireNonNull(after.exemptions()),
				locale);
		return lines;
	}

	private void numbers(List<String> lines, List<WrittenNumber> before, List<WrittenNumber> after, Locale locale) {
		var was = notes(before);
		var is = notes(after);
		added(lines, "restricted", was.keySet(), is.keySet(), RestrictionWords::display, locale);
		added(lines, "unrestricted", is.keySet(), was.keySet(), RestrictionWords::display, locale);
		is.forEach((entry, note) -> {
			var old = was.get(entry);
			if (old != null && !old.equals(note)) {
				lines.add(text("note", locale, RestrictionWords.display(entry), old, note));
			}
		});
	}

	private static Map<String, String> notes(List<WrittenNumber> numbers) {
		var notes = new LinkedHashMap<String, String>();
		numbers.forEach((number) -> notes.put(number.entry(), number.note()));
		return notes;
	}

	private void exemptions(List<String> lines, List<WrittenExemption> before, List<WrittenExemption> after,
			Locale locale) {
		after.stream()
			.filter((each) -> !before.contains(each))
			.forEach((each) -> lines.add(text("exempted", locale, exemption(each, locale))));
		before.stream()
			.filter((each) -> !after.contains(each))
			.forEach((each) -> lines.add(text("not-exempted", locale, exemption(each, locale))));
	}

	private String exemption(WrittenExemption each, Locale locale) {
		var what = Character.isDigit(each.target().charAt(0)) ? RestrictionWords.display(each.target())
				: preset(RestrictionPreset.valueOf(each.target()), locale);
		var until = each.until();
		return (until != null) ? text("exemption-until", locale, each.who(), each.pbx(), what, until.toString())
				: text("exemption", locale, each.who(), each.pbx(), what);
	}

	private String preset(RestrictionPreset preset, Locale locale) {
		return this.messages.getMessage("restriction.preset." + preset.name(), null, locale);
	}

	private static String country(WrittenPolicy policy, Locale locale) {
		return CountryNames.name(Objects.requireNonNull(policy.homeCountry()), locale);
	}

	private String joined(@Nullable Collection<String> values, Locale locale) {
		return (values == null || values.isEmpty()) ? text("none", locale) : String.join(", ", values);
	}

	private void changed(List<String> lines, String what, @Nullable String before, @Nullable String after,
			Locale locale) {
		if (!Objects.equals(before, after)) {
			lines.add(text(what, locale, before, after));
		}
	}

	private void switched(List<String> lines, String what, @Nullable Boolean before, @Nullable Boolean after,
			Locale locale) {
		if (!Objects.equals(before, after)) {
			lines.add(text(what + (Boolean.TRUE.equals(after) ? "-on" : "-off"), locale));
		}
	}

	private <T extends Comparable<T>> void added(List<String> lines, String what, Collection<T> before,
			Collection<T> after, Function<T, String> name, Locale locale) {
		var more = new TreeSet<>(after);
		more.removeAll(before);
		if (!more.isEmpty()) {
			lines.add(text(what, locale, String.join(", ", more.stream().map(name).toList())));
		}
	}

	private String text(String code, Locale locale, @Nullable Object... arguments) {
		return this.messages.getMessage("policyfile.edit." + code, arguments, locale);
	}

}
