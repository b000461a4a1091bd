package io.tollgate.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What verifying the trail has found.
 *
 * @param rows how many were looked at, up to the first bad one
 * @param checkpoints how many were compared
 * @param bad the first bad row, {@code null} when all are as they were written
 * @param misfit the first checkpoint that the table does not fit
 */
record Verification(Instant at, long rows, int checkpoints, @Nullable BadRow bad, @Nullable Misfit misfit) {

	public boolean isIntact() {
		return this.bad == null && this.misfit == null;
	}

	/** What is wrong with a row. */
	enum Fault {

		/** It is not what was written. */
		CHANGED,
		/** It is not there, nor are those up to {@code other}. */
		MISSING,
		/**
		 * The trail does not begin with its first row, but with the one after
		 * {@code other}.
		 */
		BEGINNING_MISSING,
		/** The trail ends before it, and should go on to {@code other}. */
		END_MISSING,
		/** It was not written by a portal with these keys. */
		INSERTED,
		/** Row {@code other} stands in its place. */
		MOVED,
		/**
		 * It is genuine, but the row before it is not the one that it was written behind.
		 */
		OTHER_HISTORY,
		/** The head of the chain does not name it. */
		HEAD_CHANGED

	}

	/**
	 * The first row that is wrong.
	 *
	 * @param other another row, if the fault is about one
	 */
	record BadRow(Fault fault, long row, @Nullable Long other) {

	}

	/** What is wrong with a checkpoint. */
	enum MisfitFault {

		/** Nobody with these keys wrote it. */
		FORGED,
		/** The row that it names is not there. */
		ROW_MISSING,
		/** The row that it names is another one now. */
		ROW_DIFFERS,
		/** The file of checkpoints cannot be read, so none could be compared. */
		UNREADABLE

	}

	/** A checkpoint that does not fit. */
	record Misfit(MisfitFault fault, long row, Instant at) {

	}

}
