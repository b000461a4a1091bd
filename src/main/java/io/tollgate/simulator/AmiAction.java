package io.tollgate.simulator;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * One action that the simulated manager knows.
 *
 * @param name as Asterisk writes it
 * @param synopsis Asterisk's words for it
 * @param rights the {@code write} classes of which one is needed; none for everybody
 * @param handler what it does
 */
record AmiAction(String name, String synopsis, Set<ManagerRight> rights, Handler handler) {

	boolean isAllowed(Set<ManagerRight> granted) {
		return this.rights.isEmpty() || this.rights.stream().anyMatch(granted::contains);
	}

	/** Its line in {@code ListCommands}. */
	String description() {
		var privileges = this.rights.isEmpty() ? "<none>"
				: this.rights.stream().sorted().map(ManagerRight::word).collect(Collectors.joining(",", "", ",all"));
		return this.name + ": " + this.synopsis + "  (Priv: " + privileges + ")";
	}

	/** Does an action and writes the answer. */
	interface Handler {

		void handle(Machine machine, AmiLine line, AmiRequest request, Reply reply);

	}

}
