package io.tollgate.pbx;

/** Whether the portal can read the PBX secrets, and if not, why. */
public enum Seal {

	/** It can. */
	OPEN,
	/** There are secrets, but the key file is not there. */
	KEY_MISSING,
	/** The key file cannot be read, or what it holds is no key. */
	KEY_UNREADABLE,
	/** The key file holds another key than the one that the secrets were locked with. */
	KEY_WRONG

}
