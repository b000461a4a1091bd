package io.tollgate.connector;

/**
 * A line to a carrier.
 *
 * @param name of the PJSIP endpoint; unless {@code dial} is set
 * @param dial what dials it instead, with {@code $OUTNUM$} where the number stands; empty
 * for the endpoint
 * @param accessCode in front of every number; digits and {@code *}
 * @param inFull whether a number is sent as + and its E.164 digits, and one that cannot
 * be told in full is not sent; does not concern emergency numbers
 */
public record Line(String name, String dial, String accessCode, boolean inFull) {

	/** The place of the number in {@link #dial}. */
	public static final String NUMBER = "$OUTNUM$";

	/** A PJSIP endpoint that takes numbers as they are. */
	public static Line of(String endpoint) {
		return new Line(endpoint, "", "", false);
	}

	/** What the PBX dials for a number. */
	public String target(String number) {
		return this.dial.isEmpty() ? "PJSIP/" + this.accessCode + number + "@" + this.name
				: this.dial.replace(NUMBER, this.accessCode + number);
	}

}
