/** The commands of the jar: what is done without pages, with the same configuration. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.tollgate.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
