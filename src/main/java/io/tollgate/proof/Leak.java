package io.tollgate.proof;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A way for forbidden numbers to leave by a live trunk, by its shortest example.
 *
 * @param kind what is forbidden about it
 * @param cause why it is not stopped
 * @param dialled the shortest string that does it
 * @param endpoint an extension that can, empty for one that the portal does not know yet
 * @param endpoints how many extensions can
 * @param at a moment when it works
 * @param always whether it works at any time
 * @param route the route that it takes
 * @param pattern the pattern there, as it is dialled
 * @param trunk the trunk that it leaves by
 * @param sent what that trunk is sent, access code and all
 * @param number what the carrier takes it for: E.164 digits, or the number as sent when
 * it has no full form
 * @param subject what forbids it: a calling code ({@code 54}), an entry of the
 * restrictions ({@code 1900}), the name of a route that blocks
 * @param subjects all of that kind that leave the same way
 * @param remedy what would stop it: the international prefix that the policy lacks
 * ({@link Cause#UNKNOWN_PREFIX}), an entry for the number restrictions
 * ({@link Cause#OTHER_SPELLING}, {@code 1900} or {@code 1XXX976}), the route that has to
 * stand above ({@link Cause#BLOCK_BELOW}); empty when there is nothing as simple
 */
public record Leak(Kind kind, Cause cause, String dialled, String endpoint, int endpoints, Instant at, boolean always,
		String route, String pattern, String trunk, String sent, String number, String subject,
		SortedSet<String> subjects, String remedy) {

	public Leak {
		subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
	}

	public enum Kind {

		/** Its country is not allowed. */
		COUNTRY,
		/** It is a restricted number. */
		RESTRICTED,
		/** A route blocks it in another spelling, or stands too low to block it. */
		BLOCKED

	}

	public enum Cause {

		/** The carrier reads it as international, the policy does not. */
		UNKNOWN_PREFIX,
		/** The route that blocks it stands below the one that takes it. */
		BLOCK_BELOW,
		/** The route that blocks it does not take it as it is dialled here. */
		OTHER_SPELLING,
		/** Nothing judges what is dialled: routes alone. */
		NOTHING_JUDGES

	}

}
