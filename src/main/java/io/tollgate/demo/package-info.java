/** The demonstration fleet of a fresh installation. */
@ApplicationModule(allowedDependencies = { "numbering", "keys", "simulator", "pbx", "policy", "route",
		"connector :: asterisk", "fleet" })
@NullMarked
package io.tollgate.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
