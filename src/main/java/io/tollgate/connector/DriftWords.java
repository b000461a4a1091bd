package io.tollgate.connector;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what a PBX runs other than what was applied to it, as people speak. */
@Component
public class DriftWords {

	/** What the portal does not know is quoted, but not at any length. */
	private static final int LONGEST = 120;

	private static final Pattern RIGHTS = Pattern.compile("([01])([01h])([0-9]{0,5})");

	private static final Pattern HOURS = Pattern.compile("([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})");

	private final MessageSource messages;

	DriftWords(MessageSource messages) {
		this.messages = messages;
	}

	/** "+62 Indonesia: allowed on the PBX, blocked by what was applied". */
	public String line(Drift drift, Locale locale) {
		return switch (drift.kind()) {
			case RULES -> rule(drift, locale);
			case GUARD -> guard(drift, locale);
			case ENDPOINT ->
				say("endpoint", locale, endpoint(drift.key(), locale), quoted(drift.found()), quoted(drift.wanted()));
			case GENERATION ->
				(drift.found() != null) ? say("generation", locale, drift.found()) : say("nothing", locale);
		};
	}

	private String endpoint(String name, Locale locale) {
		return say(name.matches("[0-9]+") ? "extension" : "trunk", locale, name);
	}

	private String guard(Drift drift, Locale locale) {
		if (drift.found() != null) {
			return say("guard.changed", locale, drift.key(), quoted(drift.found()));
		}
		var wanted = quoted(drift.wanted());
		return wanted.startsWith("[") ? say("guard.missing", locale, drift.key())
				: say("guard.incomplete", locale, drift.key(), wanted);
	}

	private String rule(Drift drift, Locale locale) {
		var parts = List.of(drift.key().split("/", 3));
		var first = (parts.size() > 1) ? parts.get(1) : "";
		var second = (parts.size() > 2) ? parts.get(2) : "";
		return switch (parts.getFirst()) {
			case "cfg" -> settings(drift, locale);
			case "e164" -> states(drift, code(first, locale), locale, this::verdict);
			case "ext" -> states(drift, endpoint(first, locale), locale, this::rights);
			case "ip" -> states(drift, say("prefix", locale, first), locale, this::there);
			case "np" -> states(drift, say("territory", locale, first), locale, this::there);
			case "nat" -> values(drift, say("national", locale, first.substring(Math.min(1, first.length()))), locale);
			case "no" -> states(drift, restricted(first, locale), locale, choice("restricted.yes", "restricted.no"));
			case "nx" -> states(drift, say("exempt", locale, endpoint(first, locale), second), locale,
					choice("exempt.yes", "exempt.no"));
			case "who" -> states(drift, say("users", locale, endpoint(second, locale), first), locale,
					choice("users.yes", "users.no"));
			case "pin" -> pins(drift, say("pins", locale, first), locale);
			case "say" -> values(drift, say("announcement", locale, first), locale);
			case "hours" -> hours(drift, first, locale);
			case "emergency" -> values(drift, say("emergency", locale, first), locale);
			case "unused" -> values(drift, say("emergency.unused", locale, second), locale);
			case "codes" -> values(drift, say("code-line", locale, first), locale);
			case "route" ->
				values(drift, second.isEmpty() ? say("routes", locale) : say("route", locale, second, first), locale);
			default -> values(drift, drift.key(), locale);
		};
	}

	/** A country that may be called is one row of two letters; none is blocked. */
	private String verdict(@Nullable String value, Locale locale) {
		return say((value != null && value.startsWith("a")) ? "allowed" : "blocked", locale);
	}

	private String there(@Nullable String value, Locale locale) {
		return say((value != null) ? "there" : "missing", locale);
	}

	private States choice(String there, String missing) {
		return (value, locale) -> say((value != null) ? there : missing, locale);
	}

	private String rights(@Nullable String value, Locale locale) {
		if (value == null) {
			return say("unknown-extension", locale);
		}
		var rights = RIGHTS.matcher(value);
		if (!rights.matches()) {
			return quoted(value);
		}
		var seconds = rights.group(3);
		return say("extension.may", locale,
				say(rights.group(1).equals("1") ? "international" : "no-international", locale),
				say("outbound." + rights.group(2), locale),
				seconds.isEmpty() ? say("no-limit", locale) : say("limit", locale, Integer.parseInt(seconds) / 60.0));
	}

	private String settings(Drift drift, Locale locale) {
		var wanted = Objects.requireNonNullElse(drift.wanted(), "");
		var found = Objects.requireNonNullElse(drift.found(), "");
		if (wanted.length() > 2 && found.length() > 2) {
			if (wanted.charAt(0) != found.charAt(0)) {
				return say("differs", locale, say("protection", locale), say(on(found), locale),
						say(on(wanted), locale));
			}
			return say("differs", locale, say("dialing-code", locale), quoted(found.substring(2)),
					quoted(wanted.substring(2)));
		}
		return values(drift, say("protection", locale), locale);
	}

	private static String on(String settings) {
		return settings.startsWith("1") ? "on" : "off";
	}

	private String restricted(String beginning, Locale locale) {
		return beginning.matches("[xl]1[0-9]{3}") ? say("restricted.exchange", locale, beginning.substring(2))
				: say("restricted", locale, beginning);
	}

	private String pins(Drift drift, String subject, Locale locale) {
		var wanted = Objects.requireNonNullElse(drift.wanted(), "");
		var found = Objects.requireNonNullElse(drift.found(), "");
		if (found.equals(wanted)) {
			return say("edited", locale, subject);
		}
		if (found.isEmpty() || wanted.isEmpty()) {
			return say(found.isEmpty() ? "removed" : "added", locale, subject,
					say("pins.those", locale, quoted(found.isEmpty() ? wanted : found)));
		}
		return say("differs", locale, subject, say("pins.those", locale, quoted(found)),
				say("pins.those", locale, quoted(wanted)));
	}

	private String hours(Drift drift, String day, Locale locale) {
		if (!day.matches("[1-7]")) {
			return values(drift, say("zone", locale), locale);
		}
		var name = DayOfWeek.of(Integer.parseInt(day)).getDisplayName(TextStyle.FULL_STANDALONE, locale);
		return states(drift, say("hours", locale, name), locale, this::open);
	}

	private String open(@Nullable String value, Locale locale) {
		if (value == null) {
			return say("hours.closed", locale);
		}
		var hours = HOURS.matcher(value);
		return hours.matches()
				? say("hours.open", locale, hours.group(1), hours.group(2), hours.group(3), hours.group(4))
				: quoted(value);
	}

	private String states(Drift drift, String subject, Locale locale, States states) {
		var found = states.of(drift.found(), locale);
		var wanted = states.of(drift.wanted(), locale);
		return found.equals(wanted) ? values(drift, subject, locale) : say("differs", locale, subject, found, wanted);
	}

	private String values(Drift drift, String subject, Locale locale) {
		if (drift.wanted() == null) {
			return say("added", locale, subject, quoted(drift.found()));
		}
		if (drift.found() == null) {
			return say("removed", locale, subject, quoted(drift.wanted()));
		}
		return say("differs", locale, subject, quoted(drift.found()), quoted(drift.wanted()));
	}

	private String code(String code, Locale locale) {
		return CallingCodes.find(code)
			.map((entry) -> say("country", locale, code, CountryNames.of(entry, locale)))
			.orElseGet(() -> say("code", locale, code));
	}

	private static String quoted(@Nullable String value) {
		var text = Objects.requireNonNullElse(value, "");
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
	}

	private String say(String code, Locale locale, Object... arguments) {
		return Objects.requireNonNull(this.messages.getMessage("connector.drift." + code, arguments, locale));
	}

	private interface States {

		String of(@Nullable String value, Locale locale);

	}

}
