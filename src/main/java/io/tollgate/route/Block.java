package io.tollgate.route;

import java.util.List;

/**
 * How a blocked call ends.
 *
 * @param cause Q.850 cause, 1-127; 21 is answered to a SIP phone as 403
 * @param sounds what the caller hears first, in order, as names of sounds that the PBX
 * has; empty to hang up at once
 * @param answer whether the call is answered for it, so that it costs the caller what an
 * answered call costs; without, the announcement is early media
 */
public record Block(int cause, List<String> sounds, boolean answer) {

	/** Call rejected. */
	public static final int REJECTED = 21;

	/** What Asterisk ships: "sorry, the number you dialed is currently unavailable". */
	public static final List<String> UNAVAILABLE = List.of("sorry", "the-number-u-dialed", "is-curntly-unavail",
			"please-contact-tech-supt");

	public Block {
		sounds = List.copyOf(sounds);
	}

	/** Rejected at once. */
	public static Block rejected() {
		return new Block(REJECTED, List.of(), false);
	}

}
