/**
 * Settings of the whole installation that people change while it runs. What a setting
 * means, and its page, belong to the module that obeys it.
 */
@ApplicationModule(allowedDependencies = { "audit" })
@NullMarked
package io.tollgate.setting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
