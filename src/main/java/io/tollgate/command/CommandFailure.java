package io.tollgate.command;

/** A command could not do what it was asked for; the message says why, for people. */
public class CommandFailure extends RuntimeException {

	public CommandFailure(String message) {
		super(message);
	}

	public CommandFailure(String message, Throwable cause) {
		super(message, cause);
	}

}
