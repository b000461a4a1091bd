/** Backups of the database, and the way back from one. */
@ApplicationModule(allowedDependencies = { "command", "keys" })
@NullMarked
package io.tollgate.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
