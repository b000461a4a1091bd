package io.tollgate.proof;

import java.util.List;

/**
 * What a leak check found.
 *
 * @param result what can be claimed
 * @param leaks one for each way out, shortest number first
 * @param findings what is odd about the routes, though nothing leaks by it
 * @param gaps why something is not proved; empty when all is
 * @param scope what was looked at
 */
public record LeakReport(Result result, List<Leak> leaks, List<RouteFinding> findings, List<Gap> gaps, Scope scope) {

	public LeakReport {
		leaks = List.copyOf(leaks);
		findings = List.copyOf(findings);
		gaps = List.copyOf(gaps);
	}

	public enum Result {

		/** No number that can be dialled makes a forbidden one leave. */
		PROVED,
		/** At least one does. */
		LEAKS,
		/** None was found, and not all could be looked at. */
		NOT_PROVED

	}

	/** Why something could not be looked at. */
	public enum Gap {

		/** The patterns overlap in more ways than memory is allowed for. */
		TOO_INTRICATE,
		/** It took longer than allowed. */
		TIME

	}

	/**
	 * What was looked at.
	 *
	 * @param extensions how many extensions
	 * @param callers into how many kinds they fall: those of one kind may dial the same
	 * @param times how many kinds of moments the week has
	 * @param countries calling codes that may not be dialled; 0 while the protection is
	 * off
	 * @param restrictions entries of the number restrictions
	 * @param blocks routes that block
	 * @param states states of the automata that were visited
	 */
	public record Scope(int extensions, int callers, int times, int countries, int restrictions, int blocks,
			long states) {

		/** Whether there is anything that could leak. */
		public boolean forbids() {
			return this.countries + this.restrictions + this.blocks > 0;
		}

	}

}
