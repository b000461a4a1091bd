/**
 * Policies as files that people keep in version control: written, read, planned, applied
 * to the draft.
 */
@ApplicationModule(allowedDependencies = { "api", "command", "numbering", "audit", "pbx", "policy", "apply" })
@NullMarked
package io.tollgate.policyfile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
