/** Trunks of a PBX and the outbound route through them. */
@ApplicationModule(allowedDependencies = { "numbering", "pbx", "audit" })
@NullMarked
package io.tollgate.route;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
