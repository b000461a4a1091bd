package io.tollgate.apply;

import io.tollgate.connector.Problem;

/** What one attempt to bring a PBX to what is wanted came to. */
sealed interface Outcome {

	/** The PBX runs exactly what was asked for, read back and confirmed. */
	record Applied(int generation) implements Outcome {
	}

	/** The PBX ran it already. */
	record NoChange(int generation) implements Outcome {
	}

	/** The PBX, or what it lacks, stood against it. Nothing changed. */
	record Refused(Problem problem) implements Outcome {
	}

	/** It was switched to and taken back: the PBX runs what it ran before. */
	record RolledBack(Problem problem) implements Outcome {
	}

	/** There was no line. Nothing changed, and the apply waits for the PBX. */
	record Unreachable(Problem problem) implements Outcome {
	}

	/**
	 * The line broke at the switch, or somebody else's switch waits for its confirmation.
	 * The next attempt tells.
	 */
	record InDoubt(Problem problem) implements Outcome {
	}

}
