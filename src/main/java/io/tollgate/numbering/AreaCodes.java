package io.tollgate.numbering;

import java.util.Comparator;
import java.util.List;

/** Which area codes the states of the United States have. */
public final class AreaCodes {

	private static final List<State> STATES = Tables.rows("us-area-codes.tsv")
		.stream()
		.map((row) -> new State(row[0], row[1], Tables.list(row[2])))
		.sorted(Comparator.comparing(State::name))
		.toList();

	private AreaCodes() {
	}

	/** The 50 states and the District of Columbia, by name. */
	public static List<State> states() {
		return STATES;
	}

	/**
	 * A state.
	 *
	 * @param code of two letters: {@code OR}
	 * @param name in English: {@code Oregon}
	 * @param areaCodes of three digits, in their order
	 */
	public record State(String code, String name, List<String> areaCodes) {

		public State {
			areaCodes = List.copyOf(areaCodes);
		}

	}

}
