package io.tollgate.extension;

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
