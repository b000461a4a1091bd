package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What becomes dialable and what stops being so, over all numbers, in whatever spelling
 * they are dialled.
 *
 * @param lines what differs, no more than {@link #MOST}
 * @param more how many lines more there are
 * @param emergencyGained emergency numbers that become dialable
 * @param emergencyLost emergency numbers that stop being dialable
 * @param complete whether all numbers could be looked at; otherwise there are no lines
 */
public record Difference(List<Line> lines, int more, SortedSet<String> emergencyGained, SortedSet<String> emergencyLost,
		boolean complete) {

	/** More lines than this nobody reads. */
	public static final int MOST = 20;

	/** Takes the memory of about 200 MB. */
	private static final long MOST_STATES = 3_000_000;

	private static final Duration LONGEST = Duration.ofSeconds(10);

	public Difference {
		lines = List.copyOf(lines);
		emergencyGained = Collections.unmodifiableSortedSet(new TreeSet<>(emergencyGained));
		emergencyLost = Collections.unmodifiableSortedSet(new TreeSet<>(emergencyLost));
	}

	/**
	 * Compares.
	 * @param before {@code null} for a PBX that lets nothing out
	 * @param after what comes then
	 * @param now exemptions count as they are at that moment
	 */
	public static Difference of(@Nullable Snapshot before, Snapshot after, Instant now) {
		var then = new TreeSet<>((before != null) ? Emergency.numbers(before).keySet() : new TreeSet<String>());
		var gained = new TreeSet<>(Emergency.numbers(after).keySet());
		gained.removeAll(then);
		then.removeAll(Emergency.numbers(after).keySet());
		try {
			var found = new Differences(before, after, now, new Budget(MOST_STATES, LONGEST)).lines();
			return new Difference(found.stream().limit(MOST).toList(), Math.max(0, found.size() - MOST), gained, then,
					true);
		}
		catch (Budget.Exceeded ex) {
			return new Difference(List.of(), 0, gained, then, false);
		}
	}

	/**
	 * Numbers for which the same becomes different.
	 *
	 * @param change what becomes of them
	 * @param when at which times
	 * @param callers for whom
	 * @param numbers which
	 */
	public record Line(Change change, When when, Callers callers, Numbers numbers) {
	}

	/** What becomes of a number. */
	public enum Change {

		/** It can be dialled, and could not. */
		DIALABLE,
		/** The same, by those who know a PIN. */
		DIALABLE_WITH_PIN,
		/** It can be dialled no longer, not even with a PIN. */
		NOT_DIALABLE,
		/** It could be dialled, and asks for a PIN now. */
		PIN_ASKED,
		/** It asked for a PIN, and does no longer. */
		PIN_DROPPED

	}

	/** At which times. */
	public enum When {

		ALWAYS, BUSINESS_HOURS, OUTSIDE_BUSINESS_HOURS, SOMETIMES

	}

	/**
	 * Extensions for which all of a line holds.
	 *
	 * @param count how many; 0 when the portal knows none yet
	 * @param some the first of them
	 * @param all whether these are all that the PBX has
	 */
	public record Callers(int count, List<String> some, boolean all) {

		public Callers {
			some = List.copyOf(some);
		}

	}

	/**
	 * Some numbers.
	 *
	 * @param kind what they have in common
	 * @param codes the calling codes that they belong to, empty for those without full
	 * form and for those of no country
	 * @param patterns how they are written: behind the calling code when there are
	 * several codes, else as a whole; an entry of the restrictions for
	 * {@link Kind#RESTRICTION}. Some of them when there are many
	 * @param more whether there are more patterns
	 * @param count how many numbers; empty when there is no end of them
	 * @param example one of them
	 */
	public record Numbers(Kind kind, SortedSet<String> codes, List<String> patterns, boolean more, OptionalLong count,
			String example) {

		public Numbers {
			codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
			patterns = List.copyOf(patterns);
		}

		/** What they have in common. */
		public enum Kind {

			/** All numbers of whole countries that leave at all. */
			COUNTRY,
			/** Most of them. */
			MOST_OF_COUNTRY,
			/** What an entry of the number restrictions stands for. */
			RESTRICTION,
			/** Some numbers in full. */
			NUMBERS,
			/** Numbers without full form, as they leave. */
			AS_DIALLED

		}

	}

}
