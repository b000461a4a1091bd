package io.tollgate.leak;

import java.util.Locale;

/** Which rules of a PBX are checked. */
enum Rules {

	/** Those in force. */
	LIVE,
	/** Those that it would run after an apply. */
	DRAFT;

	/** As in addresses. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Whatever is not the draft is what runs. */
	static Rules of(String code) {
		return code.equals("draft") ? DRAFT : LIVE;
	}

}
