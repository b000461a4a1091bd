/**
 * Numbers as people and switches write them: calling codes, countries, international
 * prefixes, dial patterns. No Spring.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.tollgate.numbering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
