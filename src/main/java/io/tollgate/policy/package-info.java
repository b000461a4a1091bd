/** Dialing policies: country protection, emergency numbers, business hours. */
@ApplicationModule(allowedDependencies = { "api", "listing", "numbering", "audit", "pbx" })
@NullMarked
package io.tollgate.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
