package io.tollgate.connector;

/** A line that a PBX tells what it blocks by, until it is closed. */
public interface Listening extends AutoCloseable {

	/** Waits until the line is of no more use, and keeps it alive meanwhile. */
	void await() throws InterruptedException;

	@Override
	void close();

}
