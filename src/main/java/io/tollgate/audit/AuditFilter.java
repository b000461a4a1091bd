package io.tollgate.audit;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;

/**
 * What of the trail is wanted.
 *
 * @param q words looked for in what happened, its object, its address, before and after
 * @param actor who did it; empty for everyone
 * @param type the kind of thing it happened to; empty for all
 * @param from first day, in UTC
 * @param to last day, in UTC
 */
record AuditFilter(String q, String actor, String type, @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
		@DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to) {

	AuditFilter(@Nullable String q, @Nullable String actor, @Nullable String type, @Nullable LocalDate from,
			@Nullable LocalDate to) {
		this.q = (q != null) ? q.strip() : "";
		this.actor = (actor != null) ? actor : "";
		this.type = (type != null) ? type : "";
		this.from = from;
		this.to = to;
	}

	/** Whether anything is left out. */
	boolean narrows() {
		return !this.q.isEmpty() || !this.actor.isEmpty() || !this.type.isEmpty() || this.from != null
				|| this.to != null;
	}

}
