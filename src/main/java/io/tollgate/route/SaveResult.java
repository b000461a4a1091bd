package io.tollgate.route;

import java.util.List;

/** How saving a route went. */
public sealed interface SaveResult {

	/**
	 * It stands.
	 *
	 * @param changed whether it differs from before
	 */
	record Saved(boolean changed) implements SaveResult {
	}

	/**
	 * It does not, for somebody else saved it since; nothing changed.
	 *
	 * @param now how it is
	 * @param revision of that
	 */
	record ChangedMeanwhile(OutboundRoute now, long revision) implements SaveResult {
	}

	/**
	 * It does not; nothing changed.
	 *
	 * @param problems why, at least one
	 */
	record Refused(List<RouteProblem> problems) implements SaveResult {
	}

}
