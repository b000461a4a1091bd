package io.tollgate.route;

import java.util.Arrays;
import java.util.List;

/**
 * Leaves the reading of a dump; whoever began it says so as {@link ReadRoutes.Refused}.
 */
final class UnreadableDump extends Exception {

	private static final long serialVersionUID = 1L;

	private final String code;

	private final List<String> arguments;

	UnreadableDump(String code, Object... arguments) {
		super(code);
		this.code = code;
		this.arguments = Arrays.stream(arguments).map(String::valueOf).toList();
	}

	ReadRoutes.Refused refused() {
		return new ReadRoutes.Refused(this.code, this.arguments);
	}

}
