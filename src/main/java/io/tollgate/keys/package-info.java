/**
 * The keys of the key file: what they lock, what they sign for the audit trail, and
 * whether they are the ones that the database was written with.
 */
@ApplicationModule(allowedDependencies = { "command" })
@NullMarked
package io.tollgate.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
