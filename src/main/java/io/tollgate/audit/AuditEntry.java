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
 * @param change before and after, in pieces
 * @param page where the thing is shown, {@code null} where it has no page or is gone
 * @param history this log with nothing but that thing, {@code null} where there is no one
 * thing
 */
record AuditEntry(long id, OffsetDateTime at, String actor, boolean system, @Nullable String address,
		@Nullable String requestId, String what, String action, String objectType, @Nullable String objectId,
		@Nullable String objectName, Difference change, String hash, @Nullable String page, @Nullable String history) {

	/** Enough of the hash to tell rows apart. */
	private static final int SHOWN = 12;

	LocalDate day() {
		return this.at.toLocalDate();
	}

	/** The beginning of the signature, in groups. */
	public String mark() {
		return this.hash.substring(0, Math.min(SHOWN, this.hash.length())).replaceAll("....(?=.)", "$0 ");
	}

}
