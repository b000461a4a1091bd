package io.tollgate.proof;

import org.jspecify.annotations.Nullable;

/**
 * One way in which a number can be written. Every text is in one form of a reading.
 *
 * @param texts automaton of the texts that are in this form
 * @param drop what they all begin with and what is not kept
 * @param full what stands in front of the rest to make it E.164, {@code null} when it has
 * no full form
 * @param routed what stands in front of the rest when the routes see it
 * @param abroad whether it is international
 */
record Form(int texts, String drop, @Nullable String full, String routed, boolean abroad) {

	/** Whether the routes see it as it is dialled. */
	boolean isSeenByRoutes() {
		return this.drop.equals(this.routed);
	}

	/** What an automaton of E.164 numbers says of the texts in this form. */
	int inFull(Automata automata, int numbers) {
		return (this.full == null) ? automata.nothing : read(automata, automata.walk(numbers, this.full));
	}

	/** What an automaton of numbers as routes see them says of the texts in this form. */
	int asRouted(Automata automata, int numbers) {
		return read(automata, automata.walk(numbers, this.routed));
	}

	private int read(Automata automata, int rest) {
		return automata.where(this.texts, automata.after(this.drop, rest));
	}

}
