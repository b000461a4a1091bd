package io.tollgate.approval;

/** What became of a request that was agreed to. */
public sealed interface Carried {

	/**
	 * It is done, or has begun.
	 *
	 * @param path the page that shows it
	 */
	record Out(String path) implements Carried {
	}

	/**
	 * Not now; it goes on waiting.
	 *
	 * @param why in the reader's language
	 */
	record NotNow(String why) implements Carried {
	}

	/** It is not what was asked for any more. */
	record Outdated() implements Carried {
	}

}
