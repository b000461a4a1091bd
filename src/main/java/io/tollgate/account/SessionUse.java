package io.tollgate.account;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a session remembers of its use.
 *
 * @param username who is signed in
 * @param since when they signed in
 * @param last when they last asked for something themselves
 * @param address where from
 * @param browser what their browser calls itself
 */
record SessionUse(String username, Instant since, Instant last, @Nullable String address,
		@Nullable String browser) implements Serializable {

	/** The session's attribute. */
	static final String ATTRIBUTE = SessionUse.class.getName();

	private static final int BROWSER_LENGTH = 300;

	SessionUse {
		browser = (browser != null && browser.length() > BROWSER_LENGTH) ? browser.substring(0, BROWSER_LENGTH)
				: browser;
	}

	SessionUse usedAt(Instant now) {
		return new SessionUse(this.username, this.since, now, this.address, this.browser);
	}

}
