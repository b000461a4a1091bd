package io.tollgate.connector;

/**
 * A question to a PBX: what becomes of a number that an endpoint dials.
 *
 * @param endpoint who dials
 * @param number what is dialled: digits, with + at most in front
 * @param expected what should become of it
 */
public record Probe(String endpoint, String number, Expected expected) {

	/** What becomes of a number. */
	public enum Expected {

		/** It leaves as an emergency call, whoever dials. */
		EMERGENCY,
		/** It leaves by a route. */
		ALLOWED,
		/** It does not leave. */
		BLOCKED

	}

}
