package io.tollgate.connector.asterisk;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the portal's account may do. Asterisk answers {@code ListCommands} with just the
 * actions that the account's write classes allow and whose modules are loaded.
 *
 * @param actions names of the actions, in lower case
 */
record Rights(Set<String> actions) {

	static Rights read(AmiClient client) {
		var actions = new HashSet<String>();
		client.call(AmiAction.listCommands())
			.required()
			.response()
			.names()
			.forEach((name) -> actions.add(name.toLowerCase(Locale.ROOT)));
		return new Rights(actions);
	}

	boolean may(String action) {
		return this.actions.contains(action.toLowerCase(Locale.ROOT));
	}

	/** The class {@code system}: policy data can be written. */
	boolean system() {
		return may("DBPut") && may("DBDel") && may("DBDelTree");
	}

	/** The class {@code reporting}, or {@code config}: what runs can be read. */
	boolean reporting() {
		return may("ShowDialPlan") && may("DBGet") && may("DBGetTree") && may("CoreSettings");
	}

	/** The class {@code originate}: numbers can be run through the guard. */
	boolean originate() {
		return may("Originate");
	}

	/** The class {@code config}: the portal can write its own files. */
	boolean config() {
		return may("UpdateConfig") && may("CreateConfig") && may("GetConfig") && may("Reload");
	}

}
