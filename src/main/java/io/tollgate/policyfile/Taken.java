package io.tollgate.policyfile;

import java.util.List;

/** What became of a file that was to be taken over as it was reviewed. */
sealed interface Taken {

	/**
	 * It was taken over.
	 *
	 * @param edits the policies that are different now
	 */
	record Over(List<PolicyEdit> edits) implements Taken {

		public Over {
			edits = List.copyOf(edits);
		}

	}

	/** It would do something else than what was reviewed, so nothing was done. */
	record ChangedMeanwhile() implements Taken {
	}

}
