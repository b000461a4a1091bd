package io.tollgate.extension;

import org.jspecify.annotations.Nullable;

/**
 * What one extension may not do. Emergency numbers are exempt from all of it.
 *
 * @param disallowInternational no international calls; takes effect while the policy's
 * protection is on
 * @param disallowOutbound no outbound calls at all
 * @param disallowOutsideBusinessHours no outbound calls while the company is closed
 * @param maxDurationSeconds an outbound call is ended after that many seconds from the
 * answer, 1-86,400; {@code null} for no limit
 */
public record CallRestrictions(boolean disallowInternational, boolean disallowOutbound,
		boolean disallowOutsideBusinessHours, @Nullable Integer maxDurationSeconds) {

	/**
	 * What an extension has that nobody has decided about yet: inside the country only.
	 */
	public static final CallRestrictions DEFAULT = new CallRestrictions(true, false, false, null);

	public CallRestrictions {
		if (maxDurationSeconds != null && (maxDurationSeconds < 1 || maxDurationSeconds > 86_400)) {
			throw new IllegalArgumentException("duration in seconds: " + maxDurationSeconds);
		}
	}

	/**
	 * All of it as one number, another one for every other restrictions; the database
	 * compares by it.
	 */
	int code() {
		return (this.disallowInternational ? 1 : 0) + (this.disallowOutbound ? 2 : 0)
				+ (this.disallowOutsideBusinessHours ? 4 : 0)
				+ ((this.maxDurationSeconds != null) ? 8 * this.maxDurationSeconds : 0);
	}

}
