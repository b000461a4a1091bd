/** Trunks of a PBX and the outbound routes through them. */
@ApplicationModule(allowedDependencies = { "api", "listing", "numbering", "pbx", "audit", "policy", "extension", "pin",
		"announcement" })
@NullMarked
package io.tollgate.route;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
