package io.tollgate.pbx;

/** What the portal last saw of its guard on a PBX. */
public enum GuardStatus {

	/** Never looked. */
	UNKNOWN,
	/** There, and exactly the text that this version ships. */
	CURRENT,
	/** There, but another text. */
	CHANGED,
	/** Not there: nothing is enforced. */
	MISSING

}
