package io.tollgate.connector;

import java.util.List;

/**
 * Something that went wrong, as a message code with arguments: the words stand in
 * {@code messages/connector}, under {@code problem.<code>}, and say what to do.
 *
 * @param code for example {@code unknown-host}, {@code refused}, {@code timeout},
 * {@code wrong-secret}, {@code missing-right}, {@code too-old}, {@code guard-missing}
 * @param arguments in the order of the message's placeholders; data from a PBX is hostile
 * and is escaped when shown
 */
public record Problem(String code, List<String> arguments) {

	public Problem {
		arguments = List.copyOf(arguments);
	}

	public static Problem of(String code, Object... arguments) {
		return new Problem(code, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
	}

}
