package io.tollgate.pbx;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The registry cannot hold that. Ask {@link PbxRegistry#conflicts} before, to tell people
 * in the form; this is for who did not, or was overtaken.
 */
public class PbxConflictException extends RuntimeException {

	private final transient Set<Conflict> conflicts;

	PbxConflictException(Set<Conflict> conflicts) {
		super("refused: " + conflicts);
		this.conflicts = Collections.unmodifiableSet(EnumSet.copyOf(conflicts));
	}

	public Set<Conflict> conflicts() {
		return this.conflicts;
	}

	public enum Conflict {

		/** Another PBX has that name. */
		NAME_TAKEN,
		/** Another PBX has that host and port. */
		ADDRESS_TAKEN,
		/**
		 * The connection leads to another machine than before: the stored secret does not
		 * go there, it must be given again.
		 */
		SECRET_NEEDED

	}

}
