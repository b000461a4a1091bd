/**
 * Leak checks of the whole fleet: run in the background whenever something changed, kept,
 * shown, mended with one click.
 */
@ApplicationModule(allowedDependencies = { "api", "listing", "numbering", "audit", "pbx", "connector", "policy",
		"extension", "pin", "announcement", "route", "decision", "proof", "apply", "tester" })
@NullMarked
package io.tollgate.leak;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
