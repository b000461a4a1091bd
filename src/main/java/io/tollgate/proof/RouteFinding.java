package io.tollgate.proof;

/**
 * What is odd about the routes.
 *
 * @param kind what
 * @param route the route that it is about; empty for emergency numbers
 * @param pattern the pattern that it is about, as it is dialled; empty for all of a route
 * @param other the route that is the reason, empty for several or none
 * @param number an example, or the emergency number
 */
public record RouteFinding(Kind kind, String route, String pattern, String other, String number) {

	public enum Kind {

		/** Earlier routes take all that this pattern takes. */
		UNREACHABLE_PATTERN,
		/** Earlier routes take all that any pattern of this route takes. */
		UNREACHABLE_ROUTE,
		/**
		 * No number comes to the routes in this form: they see international numbers with
		 * the dialing code in front, whichever prefix was dialled.
		 */
		UNREACHABLE_FORM,
		/** Both routes take some numbers, and the earlier one gets them. */
		OVERLAP,
		/** An emergency number without a trunk to leave by. */
		EMERGENCY_UNREACHABLE,
		/** An emergency number of the home country that the policy does not list. */
		EMERGENCY_UNLISTED,
		/** The same, and a route takes it as an ordinary number, or blocks it. */
		EMERGENCY_SWALLOWED

	}

}
