package io.tollgate.extension;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Knows the routes that name groups. Answered by the module that keeps the routes. */
public interface GroupUses {

	/**
	 * The routes that name a group, by PBX and then by the key of the group, in the order
	 * of the routes. A PBX where none does may be missing.
	 */
	Map<Long, SortedMap<String, List<GroupUse>>> routes(Collection<Long> pbxIds);

}
