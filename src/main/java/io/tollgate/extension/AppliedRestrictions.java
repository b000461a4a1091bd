package io.tollgate.extension;

import java.util.Optional;
import java.util.SortedMap;

/** What the PBXs run, as far as it is known: the pages mark what is not applied yet. */
public interface AppliedRestrictions {

	/** By extension number; empty while nothing was ever applied to the PBX. */
	Optional<SortedMap<String, CallRestrictions>> applied(long pbxId);

}
