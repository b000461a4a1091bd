/**
 * What the lists of all pages have in common: search, order and page stand in their
 * address, so that they survive a reload and can be sent.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.tollgate.listing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
