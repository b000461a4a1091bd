package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;

import io.tollgate.route.FreePbxRoute.Bad;

/**
 * What a route of a file would become.
 *
 * @param route without the patterns that cannot be
 * @param bad those
 * @param refusals why it cannot be taken over, in words; empty when it can
 * @param notes what is not taken over with it, and what to do about it, in words
 * @param whole whether it can be taken over without a second look
 */
record PlannedRoute(OutboundRoute route, List<Bad> bad, List<String> refusals, List<String> notes, boolean whole) {

	PlannedRoute {
		bad = List.copyOf(bad);
		refusals = List.copyOf(refusals);
		notes = List.copyOf(notes);
	}

	/** Whether it can be taken over, if not in full. */
	boolean possible() {
		return this.refusals.isEmpty();
	}

	/**
	 * Below one that does not come in as it was.
	 * @param note that says so
	 */
	PlannedRoute behind(String note) {
		var all = new ArrayList<>(this.notes);
		all.add(note);
		return new PlannedRoute(this.route, this.bad, this.refusals, all, false);
	}

}
