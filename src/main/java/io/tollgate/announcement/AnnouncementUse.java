package io.tollgate.announcement;

import java.util.List;
import java.util.Map;

/**
 * Knows which routes play an announcement. Answered by the module that keeps the routes;
 * without it none is played.
 */
public interface AnnouncementUse {

	/**
	 * The routes of all PBXs that play one, by its key, whoever asks and whatever they
	 * see.
	 */
	Map<String, List<Use>> uses();

	/**
	 * A route that plays an announcement.
	 *
	 * @param pbx what the PBX is called
	 * @param route what the route is called
	 */
	record Use(long pbxId, String pbx, long routeId, String route) {
	}

}
