/**
 * The fleet registry: which PBXs there are, how they are reached, their secrets
 * (encrypted), what they last said of themselves.
 */
@ApplicationModule(allowedDependencies = { "keys", "audit" })
@NullMarked
package io.tollgate.pbx;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
