/** What a caller hears when a call is blocked. */
@ApplicationModule(allowedDependencies = { "api", "listing", "audit", "pbx" })
@NullMarked
package io.tollgate.announcement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
