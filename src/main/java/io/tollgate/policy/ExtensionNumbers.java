package io.tollgate.policy;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Knows the extensions of the PBXs and their groups. Answered by the module that keeps
 * them; without it every number counts as one.
 */
public interface ExtensionNumbers {

	/**
	 * In front of the key of a group, where a text names an extension or a group:
	 * {@code group:k3f9}. No extension has a colon in its number.
	 */
	String GROUP = "group:";

	/** The numbers of the extensions that the PBX is known to have; may be empty. */
	SortedSet<String> numbers(long pbxId);

	/** The names of the PBX's groups of extensions by key; may be empty. */
	SortedMap<String, String> groups(long pbxId);

	/** The same of several PBXs at once, by PBX; one without groups is missing. */
	Map<Long, SortedMap<String, String>> groups(Collection<Long> pbxIds);

}
