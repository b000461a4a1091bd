package io.tollgate.pbx;

import java.util.Base64;
import java.util.Optional;

/**
 * What a module keeps locked by {@link Lockbox}, so that a key file that does not open it
 * is noticed before anything is locked with another key. Answered by those modules.
 */
public interface LockedTexts {

	/** One that is there, the same each time if possible; empty when nothing is kept. */
	Optional<LockedText> oldest();

	/**
	 * A locked text.
	 *
	 * @param place what it was locked for
	 * @param text Base64
	 */
	record LockedText(String place, String text) {

		byte[] bytes() {
			return Base64.getDecoder().decode(this.text);
		}

	}

}
