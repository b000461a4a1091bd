/** Frame of all pages, overview, error pages. */
@ApplicationModule(allowedDependencies = { "numbering", "keys", "audit", "account", "pbx", "policy", "extension",
		"route", "decision", "apply", "connector", "leak" })
@NullMarked
package io.tollgate.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
