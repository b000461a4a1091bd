package io.tollgate.keys;

import org.springframework.context.annotation.Import;

/**
 * What the commands about keys need; no stereotype, as the portal finds each by itself.
 */
@Import({ KeyFileConfiguration.class, KeyVersions.class, Keys.class, LockedRows.class, KeyRotation.class })
final class KeyBeans {

}
