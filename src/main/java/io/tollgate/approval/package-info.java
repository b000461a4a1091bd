/**
 * The two-person rule: what lets somebody dial more waits until a second person has
 * agreed. What waits is carried out by the module that it belongs to.
 */
@ApplicationModule(allowedDependencies = { "listing", "account", "audit", "pbx", "setting" })
@NullMarked
package io.tollgate.approval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
