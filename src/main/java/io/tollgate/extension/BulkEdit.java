package io.tollgate.extension;

import java.time.Instant;
import java.util.UUID;

/**
 * How an edit of many extensions stands.
 *
 * @param actor who started it
 * @param selected how many extensions were picked
 * @param done how many are written; nobody sees them before the end
 * @param changed how many changed, once it is done
 * @param list the list that it was started from
 */
record BulkEdit(UUID id, String actor, Instant startedAt, State state, int selected, int done, int changed,
		String list) {

	public boolean running() {
		return this.state == State.RUNNING;
	}

	/** For a page whose reader has just come. */
	public boolean good() {
		return this.state == State.DONE;
	}

	enum State {

		RUNNING,
		/** All of it happened. */
		DONE,
		/** Nothing happened. */
		FAILED,
		/** Nothing happened: its portal went away. */
		STOPPED

	}

}
