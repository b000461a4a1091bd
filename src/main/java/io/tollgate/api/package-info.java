/**
 * What all endpoints for scripts have in common: how JSON is read, what a wrong request
 * is told, and how no change of somebody else is lost.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.tollgate.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
