package io.tollgate.pbx;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/**
 * What routes and snapshots call a thing by: made once and never changed, so that a new
 * name breaks nothing, and a thing that was deleted can be made again under it.
 */
public final class StableKey {

	private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

	private static final int LENGTH = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	private StableKey() {
	}

	/** 8 random letters and digits. */
	public static String make() {
		return RANDOM.ints(LENGTH, 0, CHARACTERS.length())
			.mapToObj((at) -> String.valueOf(CHARACTERS.charAt(at)))
			.collect(Collectors.joining());
	}

}
