package io.tollgate.connector;

import org.jspecify.annotations.Nullable;

/** The PBX or the line to it did not do what was asked. */
public class ConnectorException extends RuntimeException {

	private final Kind kind;

	private final transient Problem problem;

	public ConnectorException(Kind kind, Problem problem, @Nullable Throwable cause) {
		super(kind + " " + problem.code() + " " + problem.arguments(), cause);
		this.kind = kind;
		this.problem = problem;
	}

	public ConnectorException(Kind kind, Problem problem) {
		this(kind, problem, null);
	}

	public Kind kind() {
		return this.kind;
	}

	public Problem problem() {
		return this.problem;
	}

	public enum Kind {

		/** No line, or it broke before anything could have changed. */
		UNREACHABLE,
		/** The PBX said no, or lacks something that is needed. Nothing changed. */
		REFUSED,
		/**
		 * The line broke when it is not known whether the PBX switched. Only reading back
		 * tells.
		 */
		IN_DOUBT

	}

}
