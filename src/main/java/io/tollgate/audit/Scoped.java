package io.tollgate.audit;

import java.util.Set;

/** A principal that may be limited to some of the PBXs. */
public interface Scoped {

	/** Names of the PBX groups that it sees and changes, empty for all PBXs. */
	Set<String> groups();

}
