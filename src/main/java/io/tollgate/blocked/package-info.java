/** Hears of the calls that the PBXs block, and counts them. */
@ApplicationModule(allowedDependencies = { "numbering", "keys", "pbx", "connector", "policy", "decision", "apply" })
@NullMarked
package io.tollgate.blocked;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
