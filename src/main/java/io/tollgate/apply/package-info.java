/**
 * Snapshot, compile, compare, push, read back, switch, confirm: how a policy reaches the
 * PBXs, and what it changes there.
 */
@ApplicationModule(allowedDependencies = { "api", "listing", "numbering", "keys", "audit", "approval", "pbx",
		"connector", "policy", "extension", "route", "pin", "announcement", "decision", "proof" })
@NullMarked
package io.tollgate.apply;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
