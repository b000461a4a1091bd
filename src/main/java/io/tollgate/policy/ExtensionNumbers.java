package io.tollgate.policy;

import java.util.SortedSet;

/**
 * Knows the extensions of the PBXs. Answered by the module that keeps them; without it
 * every number counts as one.
 */
public interface ExtensionNumbers {

	/** The numbers of the extensions that the PBX is known to have; may be empty. */
	SortedSet<String> numbers(long pbxId);

}
