package io.tollgate.keys;

import org.springframework.context.annotation.Import;

/**
 * The keys, for commands; no stereotype, as the portal finds each by itself.
 */
@Import({ KeyFileConfiguration.class, KeyVersions.class, Keys.class, LockedRows.class, KeyRotation.class })
public final class KeyBeans {

	private KeyBeans() {
	}

}
