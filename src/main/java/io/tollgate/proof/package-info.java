/**
 * Proves, for all numbers and not for a sample, that no forbidden one leaves by a live
 * trunk, or finds the shortest one that does. Pure.
 */
@ApplicationModule(
		allowedDependencies = { "numbering", "policy", "extension", "route", "pin", "announcement", "decision" })
@NullMarked
package io.tollgate.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
