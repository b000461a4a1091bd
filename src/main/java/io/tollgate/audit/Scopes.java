package io.tollgate.audit;

import java.util.SortedSet;

/** What a principal can be limited to, see {@link Scoped}. */
public interface Scopes {

	/** The names of all groups that there are. */
	SortedSet<String> groups();

}
