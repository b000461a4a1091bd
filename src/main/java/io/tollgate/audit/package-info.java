/** The trail of every change, and its page. */
@ApplicationModule(allowedDependencies = { "api", "keys", "command" })
@NullMarked
package io.tollgate.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
