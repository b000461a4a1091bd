package io.tollgate.audit;

import java.util.Set;

/** A principal that stands for an account and may be limited to some of the PBXs. */
public interface Scoped {

	/** Names of the PBX groups that it sees and changes, empty for all PBXs. */
	Set<String> groups();

	/** Username of the account that answers for what it does. */
	String account();

}
