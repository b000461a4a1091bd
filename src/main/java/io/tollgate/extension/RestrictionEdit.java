package io.tollgate.extension;

import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * New values for some of the call restrictions; what is not named stays as each extension
 * has it.
 *
 * @param disallowInternational {@code null} leaves it
 * @param disallowOutbound {@code null} leaves it
 * @param disallowOutsideBusinessHours {@code null} leaves it
 * @param maxDuration {@code null} leaves it
 */
public record RestrictionEdit(@Nullable Boolean disallowInternational, @Nullable Boolean disallowOutbound,
		@Nullable Boolean disallowOutsideBusinessHours, @Nullable MaxDuration maxDuration) {

	/** Leaves everything as it is. */
	public static final RestrictionEdit NOTHING = new RestrictionEdit(null, null, null, null);

	/** What an extension has after the edit. */
	CallRestrictions applyTo(CallRestrictions now) {
		return new CallRestrictions(
				(this.disallowInternational != null) ? this.disallowInternational : now.disallowInternational(),
				(this.disallowOutbound != null) ? this.disallowOutbound : now.disallowOutbound(),
				(this.disallowOutsideBusinessHours != null) ? this.disallowOutsideBusinessHours
						: now.disallowOutsideBusinessHours(),
				(this.maxDuration != null) ? this.maxDuration.seconds() : now.maxDurationSeconds());
	}

	/** What it writes, as the columns are called. */
	SortedMap<String, @Nullable Object> columns() {
		var columns = new TreeMap<String, @Nullable Object>();
		if (this.disallowInternational != null) {
			columns.put("disallow_international", this.disallowInternational);
		}
		if (this.disallowOutbound != null) {
			columns.put("disallow_outbound", this.disallowOutbound);
		}
		if (this.disallowOutsideBusinessHours != null) {
			columns.put("disallow_outside_business_hours", this.disallowOutsideBusinessHours);
		}
		if (this.maxDuration != null) {
			columns.put("max_duration_seconds", this.maxDuration.seconds());
		}
		return columns;
	}

	/** The rows that have something else. */
	Where changes() {
		return columns().entrySet()
			.stream()
			.map((each) -> (each.getValue() != null)
					? Where.of("e." + each.getKey() + " is distinct from ?", each.getValue())
					: Where.of("e." + each.getKey() + " is not null"))
			.reduce(Where::or)
			.orElse(Where.of("false"));
	}

	/**
	 * A new limit.
	 *
	 * @param seconds 1-86,400; {@code null} for no limit
	 */
	public record MaxDuration(@Nullable Integer seconds) {

		public MaxDuration {
			if (seconds != null && (seconds < 1 || seconds > 86_400)) {
				throw new IllegalArgumentException("duration in seconds: " + seconds);
			}
		}

	}

}
