package io.tollgate.keys;

import org.springframework.context.annotation.Import;

/** The key file alone, for commands that may meet a database that it does not fit. */
@Import({ KeyFileConfiguration.class, FileKeys.class })
public final class KeyFileBeans {

	private KeyFileBeans() {
	}

}
