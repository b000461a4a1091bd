/**
 * The one set of verbs that brings a compiled configuration to a PBX of any kind and
 * reads it back.
 */
@ApplicationModule(allowedDependencies = { "numbering" })
@NullMarked
package io.tollgate.connector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
