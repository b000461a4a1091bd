package io.tollgate.proof;

import java.time.Duration;

/**
 * What one question may cost. Whoever asks for more gets no answer, never a wrong one.
 */
final class Budget {

	private static final int LOOK_AT_THE_CLOCK = 0xfff;

	/** Numbers that take the memory of one state. */
	private static final int NUMBERS = 16;

	private final long mostStates;

	private final long deadline;

	private long states;

	private long paid;

	private long lookedAt;

	Budget(long mostStates, Duration time) {
		this.mostStates = mostStates;
		this.deadline = System.nanoTime() + time.toNanos();
	}

	/**
	 * Counts a state more.
	 * @throws Exceeded when that is too many, or the time is over
	 */
	void state() {
		this.states++;
		pay(NUMBERS);
	}

	/** Counts the memory of so many numbers. */
	void pay(int numbers) {
		this.paid += numbers;
		if (this.paid > this.mostStates * NUMBERS) {
			throw new Exceeded(LeakReport.Gap.TOO_INTRICATE);
		}
		if (this.paid - this.lookedAt > LOOK_AT_THE_CLOCK * NUMBERS) {
			this.lookedAt = this.paid;
			if (System.nanoTime() - this.deadline > 0) {
				throw new Exceeded(LeakReport.Gap.TIME);
			}
		}
	}

	long states() {
		return this.states;
	}

	/** There is no answer within the budget. */
	static final class Exceeded extends RuntimeException {

		private final transient LeakReport.Gap gap;

		Exceeded(LeakReport.Gap gap) {
			super(gap.name());
			this.gap = gap;
		}

		LeakReport.Gap gap() {
			return this.gap;
		}

	}

}
