package io.tollgate.extension;

import java.util.List;
import java.util.SortedMap;

/** Knows the routes that name groups. Answered by the module that keeps the routes. */
public interface GroupUses {

	/** The routes of a PBX that name a group, by its key, in the order of the routes. */
	SortedMap<String, List<GroupUse>> routes(long pbxId);

}
