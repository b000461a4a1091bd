/**
 * A PBX that is not one: speaks AMI over loopback TCP. For the demonstration fleet and
 * for tests at scale.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.tollgate.simulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
