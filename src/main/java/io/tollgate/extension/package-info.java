/** Extensions and their call restrictions; bulk edit. */
@ApplicationModule(allowedDependencies = { "api", "listing", "pbx", "policy", "audit", "numbering" })
@NullMarked
package io.tollgate.extension;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
