package io.tollgate.audit;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

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
