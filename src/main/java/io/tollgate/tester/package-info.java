/** The dial tester: asks the decision function what would happen to a call. */
@ApplicationModule(
		allowedDependencies = { "api", "command", "numbering", "pbx", "extension", "decision", "apply", "policy" })
@NullMarked
package io.tollgate.tester;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
