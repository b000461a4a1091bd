package io.tollgate.apply;

import io.tollgate.connector.Problem;

/** How the apply on one PBX ended. */
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

	/** There was no line. Nothing changed. */
	record Unreachable(Problem problem) implements Outcome {
	}

	/** The line broke at the switch, and reading back has not told yet. */
	record InDoubt(Problem problem) implements Outcome {
	}

}
