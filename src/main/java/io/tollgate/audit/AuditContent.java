package io.tollgate.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * What a row of the trail says. Texts are cut to what the table holds: a change does not
 * fail because of a long name. Whatever would pass for something else than a piece of one
 * line is spelled out.
 *
 * @param at to the microsecond, which is what both databases keep
 */
record AuditContent(Instant at, String actor, @Nullable String address, @Nullable String requestId, String action,
		String objectType, @Nullable String objectId, @Nullable String objectName, @Nullable Long pbxId,
		@Nullable String before, @Nullable String after) {

	private static final int NAME_LENGTH = 64;

	/** A username and the name of a token. */
	private static final int ACTOR_LENGTH = 120;

	private static final int OBJECT_NAME_LENGTH = 255;

	AuditContent {
		at = at.truncatedTo(ChronoUnit.MICROS);
	}

	static AuditContent of(Instant at, Origin origin, String action, AuditObject object, @Nullable String before,
			@Nullable String after) {
		return new AuditContent(at, OneLine.of(origin.name(), ACTOR_LENGTH), line(origin.address(), NAME_LENGTH),
				origin.requestId(), action, object.type(), line(object.id(), NAME_LENGTH),
				line(object.name(), OBJECT_NAME_LENGTH), object.pbxId(), lines(before), lines(after));
	}

	private static @Nullable String line(@Nullable String text, int length) {
		return (text != null) ? OneLine.of(text, length) : null;
	}

	private static @Nullable String lines(@Nullable String text) {
		return (text != null) ? OneLine.keepingLines(text) : null;
	}

}
