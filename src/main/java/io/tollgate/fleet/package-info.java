/**
 * The fleet's pages: connect a PBX, test the connection, read its extensions and trunks,
 * its guard and route.
 */
@ApplicationModule(allowedDependencies = { "api", "listing", "numbering", "keys", "audit", "pbx", "connector",
		"connector :: asterisk", "policy", "extension", "pin", "route", "decision", "apply" })
@NullMarked
package io.tollgate.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
