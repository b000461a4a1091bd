package io.tollgate.route;

/**
 * A line out of a PBX.
 *
 * @param dial what dials it, with {@code $OUTNUM$} where the number stands:
 * {@code DAHDI/g1/$OUTNUM$}; empty for the PJSIP endpoint of the trunk's name
 * @param reading how the carrier reads what it is sent
 * @param accessCode digits and {@code *} in front of every number, emergency numbers too,
 * which the carrier takes off before it reads the number; empty for none
 */
public record Trunk(String dial, Reading reading, String accessCode) {

	/** The place of the number in {@link #dial}, as FreePBX writes it. */
	public static final String NUMBER = "$OUTNUM$";

	/** A PJSIP endpoint that takes what is dialled. */
	public static final Trunk PLAIN = new Trunk("", Reading.AS_DIALLED, "");

	/** Whether it is a PJSIP endpoint, so that calls can come in by it under its name. */
	public boolean isEndpoint() {
		return this.dial.isEmpty();
	}

	/** How a carrier reads numbers. */
	public enum Reading {

		/** As a phone of the home country would dial them. */
		AS_DIALLED,
		/**
		 * All as E.164, with + or without. Numbers are sent as + and the number in full;
		 * one that cannot be told in full, {@code 5550100}, does not leave by that trunk:
		 * the carrier would take it for a number abroad. Emergency numbers leave as they
		 * are.
		 */
		E164

	}

}
