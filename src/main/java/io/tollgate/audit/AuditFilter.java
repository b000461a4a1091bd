package io.tollgate.audit;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.Errors;

/**
 * What of the trail is wanted. Days are kept as typed, so that a wrong one can be shown
 * again.
 *
 * @param q words looked for in what happened, its object, its address, before and after
 * @param actor who did it; empty for everyone
 * @param type the kind of thing it happened to; empty for all
 * @param object the identity of the one thing that it happened to; empty for all of them
 * @param from first day, in UTC, as year-month-day
 * @param to last day, in UTC, as year-month-day
 */
record AuditFilter(String q, String actor, String type, String object, String from, String to) {

	AuditFilter {
		q = orEmpty(q).strip();
		actor = orEmpty(actor);
		type = orEmpty(type);
		object = orEmpty(object);
		from = orEmpty(from).strip();
		to = orEmpty(to).strip();
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	/** Whether anything is left out. */
	boolean narrows() {
		return !(this.q + this.actor + this.type + this.object + this.from + this.to).isEmpty();
	}

	/** What is wanted, by the names of fields, without those that are empty. */
	public Map<String, String> parts() {
		var parts = new LinkedHashMap<String, String>();
		parts.put("q", this.q);
		parts.put("actor", this.actor);
		parts.put("type", this.type);
		parts.put("object", this.object);
		parts.put("from", this.from);
		parts.put("to", this.to);
		parts.values().removeIf(String::isEmpty);
		return parts;
	}

	/** The same for the trail. */
	String words() {
		return parts().entrySet()
			.stream()
			.map((part) -> part.getKey() + " " + part.getValue())
			.collect(Collectors.joining(", "));
	}

	void check(Errors errors) {
		if (!this.from.isEmpty() && day(this.from) == null) {
			errors.rejectValue("from", "audit.from.invalid");
		}
		if (!this.to.isEmpty() && day(this.to) == null) {
			errors.rejectValue("to", "audit.to.invalid");
		}
		if (firstDay() instanceof LocalDate first && lastDay() instanceof LocalDate last && last.isBefore(first)) {
			errors.rejectValue("to", "audit.to.early");
		}
	}

	@Nullable LocalDate firstDay() {
		return day(this.from);
	}

	@Nullable LocalDate lastDay() {
		return day(this.to);
	}

	private static @Nullable LocalDate day(String text) {
		try {
			return text.isEmpty() ? null : LocalDate.parse(text);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
