package io.tollgate.apply;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.proof.Leak;
import io.tollgate.proof.LeakReport;

/** Why an apply asks for more than a press of its button. */
sealed interface Danger {

	/**
	 * Forbidden numbers leave that do not leave now.
	 *
	 * @param leak how
	 * @param subjects what forbids them, as {@link Leak#subjects()}, only those that are
	 * new
	 */
	record Opened(Leak leak, SortedSet<String> subjects) implements Danger {

		public Opened {
			subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
		}

	}

	/**
	 * An emergency number is harder to reach than it is now.
	 *
	 * @param kind how
	 * @param number the number
	 * @param route the route that takes it as an ordinary number, empty for none
	 */
	record Hidden(Kind kind, String number, String route) implements Danger {

		enum Kind {

			/** It can be dialled now, and could not any more. */
			GONE,
			/** It has no trunk to leave by. */
			UNREACHABLE,
			/** The policy does not list it, the home country does. */
			UNLISTED,
			/** The same, and a route takes it as an ordinary number. */
			SWALLOWED

		}

	}

	/**
	 * Not all numbers could be looked at, where they could before: nobody knows.
	 *
	 * @param gap why not
	 */
	record Unproved(LeakReport.Gap gap) implements Danger {
	}

	/**
	 * The check itself failed, so nobody knows.
	 *
	 * @param why the failure, for whoever mends it
	 */
	record Unknown(String why) implements Danger {
	}

}
