package io.tollgate.route;

/** How taking over routes went. */
sealed interface ImportResult {

	/**
	 * They stand.
	 *
	 * @param count how many
	 */
	record Taken(int count) implements ImportResult {
	}

	/** None does: they would not be what was shown. */
	record Changed() implements ImportResult {
	}

	/**
	 * None does.
	 *
	 * @param route the first one that stands against it
	 * @param problem why
	 */
	record Refused(String route, RouteProblem problem) implements ImportResult {
	}

}
