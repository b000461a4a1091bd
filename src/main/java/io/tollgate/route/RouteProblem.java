package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Something about a route that people should know.
 *
 * @param line which pattern, from 1; 0 for the trunk or the route as a whole
 * @param code the words stand in {@code messages/route} under
 * {@code route.problem.<code>}: {@code no-trunk}, {@code no-such-trunk},
 * {@code no-such-announcement}, {@code no-pattern}, {@code too-many}, {@code twice},
 * {@code catch-all}, {@code wide}, or {@code pattern.<code>} with a code of
 * {@link io.tollgate.numbering.DialPattern.Problem}
 * @param arguments in the order of the message's placeholders; the first is the pattern
 * or trunk it is about
 * @param severity whether it can be saved
 */
public record RouteProblem(int line, String code, List<String> arguments, Severity severity) {

	public RouteProblem {
		arguments = List.copyOf(arguments);
	}

	static RouteProblem refusal(int line, String code, String what, List<String> more) {
		var arguments = new ArrayList<String>();
		arguments.add(what);
		arguments.addAll(more);
		return new RouteProblem(line, code, arguments, Severity.REFUSAL);
	}

	static RouteProblem refusal(int line, String code, String what) {
		return refusal(line, code, what, List.of());
	}

	static RouteProblem warning(int line, String code, String what) {
		return new RouteProblem(line, code, List.of(what), Severity.WARNING);
	}

	/** Whether it cannot be saved like that. */
	public boolean refusal() {
		return this.severity == Severity.REFUSAL;
	}

	public enum Severity {

		REFUSAL, WARNING

	}

}
