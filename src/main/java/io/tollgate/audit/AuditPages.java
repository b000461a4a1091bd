package io.tollgate.audit;

import java.util.Collection;
import java.util.Map;

/** Where a kind of thing is shown. Answered by the modules that have such pages. */
public interface AuditPages {

	/** The kind of thing, as in {@link AuditObject#type()}. */
	String type();

	/** The path of each of these things that there is and that the person may see. */
	Map<String, String> of(Collection<String> ids);

}
