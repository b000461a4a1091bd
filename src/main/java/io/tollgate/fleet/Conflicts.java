package io.tollgate.fleet;

import java.util.Map;
import java.util.Set;

import io.tollgate.pbx.PbxConflictException.Conflict;

/** Where in a form the registry's refusals belong. */
final class Conflicts {

	private Conflicts() {
	}

	static void note(Set<Conflict> conflicts, Map<String, String> errors) {
		for (var conflict : conflicts) {
			switch (conflict) {
				case NAME_TAKEN -> errors.putIfAbsent("name", "name.taken");
				case ADDRESS_TAKEN -> errors.putIfAbsent("host", "host.taken");
				case SECRET_NEEDED -> errors.putIfAbsent("secret", "secret.again");
			}
		}
	}

}
