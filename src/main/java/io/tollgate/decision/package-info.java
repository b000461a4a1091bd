/** One pure function: snapshot and call in, verdict and the steps that led there out. */
@ApplicationModule(allowedDependencies = { "numbering", "policy", "extension", "route", "pin", "announcement" })
@NullMarked
package io.tollgate.decision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
