/**
 * Tells people what happened: by e-mail and by signed webhooks, gathered so that a storm
 * is two messages.
 */
@ApplicationModule(allowedDependencies = { "listing", "keys", "audit", "pbx", "connector", "connector :: asterisk",
		"policy", "apply", "leak" })
@NullMarked
package io.tollgate.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
