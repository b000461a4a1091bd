package io.tollgate.audit;

import java.time.LocalDate;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log, ready to show.
 *
 * @param at when, in UTC
 * @param system whether nobody in particular did it
 * @param what the action in words
 * @param objectType the kind of thing in words
 */
record AuditEntry(long id, OffsetDateTime at, String actor, boolean system, @Nullable String address, String what,
		String action, String objectType, @Nullable String objectId, @Nullable String objectName,
		@Nullable String before, @Nullable String after) {

	LocalDate day() {
		return this.at.toLocalDate();
	}

}
