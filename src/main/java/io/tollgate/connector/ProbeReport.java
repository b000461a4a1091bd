package io.tollgate.connector;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.Probe.Expected;

/**
 * What a PBX says of numbers, without a call.
 *
 * @param ran whether the numbers were run through the guard; {@code false} when the
 * account may not originate: then only emergency numbers are told, from the loaded
 * dialplan
 * @param answers one for each probe, in their order
 */
public record ProbeReport(boolean ran, List<Answer> answers) {

	public ProbeReport {
		answers = List.copyOf(answers);
	}

	/** Where the PBX does something else than what was expected, or does not say. */
	public List<Answer> disagreements() {
		return this.answers.stream().filter((answer) -> !agrees(answer)).toList();
	}

	private boolean agrees(Answer answer) {
		if (answer.found() == null) {
			return !this.ran && answer.probe().expected() != Expected.EMERGENCY;
		}
		return answer.found() == answer.probe().expected();
	}

	/**
	 * One number.
	 *
	 * @param probe what was asked
	 * @param found what becomes of the number; {@code null} when that cannot be told
	 */
	public record Answer(Probe probe, @Nullable Expected found) {
	}

}
