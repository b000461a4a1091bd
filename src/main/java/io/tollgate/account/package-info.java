/**
 * Who may sign in, and how: accounts, roles, set-up link, sign-in, passkeys, response
 * headers.
 */
@ApplicationModule(allowedDependencies = { "api", "listing", "audit", "setting" })
@NullMarked
package io.tollgate.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
