package io.tollgate.pin;

import java.util.List;
import java.util.SortedMap;

/**
 * Knows which routes ask for a PIN. Answered by the module that keeps the routes; without
 * it no list is used.
 */
public interface PinListUse {

	/**
	 * The routes of all PBXs that ask, by key of the list, whoever asks and whatever they
	 * see.
	 */
	SortedMap<String, List<Use>> uses();

	/**
	 * A route that asks for a PIN.
	 *
	 * @param pbx what the PBX is called
	 * @param route what the route is called
	 */
	record Use(long pbxId, String pbx, long routeId, String route) {
	}

}
