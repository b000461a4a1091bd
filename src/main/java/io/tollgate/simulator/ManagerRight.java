package io.tollgate.simulator;

import java.util.Locale;

/**
 * The classes of Asterisk's {@code write =}, as far as the simulated actions need them.
 */
public enum ManagerRight {

	SYSTEM, CALL, USER, CONFIG, REPORTING, ORIGINATE;

	/** As Asterisk writes it. */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
