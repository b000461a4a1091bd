package io.tollgate.route;

/**
 * How a blocked call ends.
 *
 * @param cause Q.850 cause, 1-127; 21 is answered to a SIP phone as 403
 * @param announcement key of the announcement that the caller hears first; empty to hang
 * up at once
 */
public record Block(int cause, String announcement) {

	/** Call rejected. */
	public static final int REJECTED = 21;

	/** Rejected at once. */
	public static Block rejected() {
		return new Block(REJECTED, "");
	}

	/** Whether the caller hears something first. */
	public boolean announces() {
		return !this.announcement.isEmpty();
	}

}
