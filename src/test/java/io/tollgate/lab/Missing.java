package io.tollgate.lab;

import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What to do when the machine lacks something that a test on the real thing needs. */
final class Missing {

	private Missing() {
	}

	/**
	 * Skips the test, or fails it where {@code TOLLGATE_REQUIRE_REAL=true} asks for that.
	 * @param reason what is missing, and how to get it
	 * @return never
	 */
	static RuntimeException missing(String reason) {
		if ("true".equals(System.getenv("TOLLGATE_REQUIRE_REAL"))) {
			throw new AssertionFailedError("TOLLGATE_REQUIRE_REAL=true, but " + reason);
		}
		throw new TestAbortedException("skipped: " + reason);
	}

}
