package io.tollgate.keys;

/**
 * Whether the portal has the keys that its database was written with, and if not, why.
 */
public enum Seal {

	/** It has. */
	OPEN,
	/** The key file is not there. */
	KEY_MISSING,
	/** The key file cannot be read, or what it holds is no key. */
	KEY_UNREADABLE,
	/** Others than its owner may read or write the key file. */
	KEY_EXPOSED,
	/** The key file lies in the data directory, so whoever copies that has both. */
	KEY_AMONG_DATA,
	/** The key file lacks a key that the database was written with. */
	KEY_WRONG

}
