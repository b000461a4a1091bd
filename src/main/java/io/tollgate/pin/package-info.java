/** PIN lists: what an outbound route can ask for before it lets a call out. */
@ApplicationModule(allowedDependencies = { "api", "listing", "keys", "audit", "pbx" })
@NullMarked
package io.tollgate.pin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
