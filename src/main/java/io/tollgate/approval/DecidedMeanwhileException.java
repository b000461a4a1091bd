package io.tollgate.approval;

/** Two people decided the same request at the same moment; this one was second. */
public class DecidedMeanwhileException extends RuntimeException {

	DecidedMeanwhileException() {
		super("decided meanwhile");
	}

}
