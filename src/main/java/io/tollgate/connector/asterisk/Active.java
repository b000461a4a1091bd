package io.tollgate.connector.asterisk;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The value of {@code tollgate/active}, as the guard reads it.
 *
 * @param text as it stands in AstDB, empty when it is not there
 * @param generation the generation, {@code null} when there is none
 * @param previous where an unconfirmed commit falls back to, {@code null} for nothing
 * @param epoch seconds since 1970 on the PBX's clock when it falls back; {@code null}
 * when confirmed
 */
record Active(String text, @Nullable Integer generation, @Nullable Integer previous, @Nullable Long epoch) {

	private static final Pattern CONFIRMED = Pattern.compile("([0-9]{1,9})");

	private static final Pattern UNCONFIRMED = Pattern.compile("([0-9]{1,9})-([0-9]{0,9})-([0-9]{1,12})");

	/** Anything that is not in our form is no generation: the guard finds no rows. */
	static Active parse(String text) {
		var confirmed = CONFIRMED.matcher(text);
		if (confirmed.matches()) {
			return new Active(text, Integer.valueOf(text), null, null);
		}
		var unconfirmed = UNCONFIRMED.matcher(text);
		if (unconfirmed.matches()) {
			var previous = unconfirmed.group(2);
			return new Active(text, Integer.valueOf(unconfirmed.group(1)),
					previous.isEmpty() ? null : Integer.valueOf(previous), Long.valueOf(unconfirmed.group(3)));
		}
		return new Active(text, null, null, null);
	}

	static String confirmed(int generation) {
		return Integer.toString(generation);
	}

	static String unconfirmed(int generation, @Nullable Integer previous, long epoch) {
		return generation + "-" + ((previous != null) ? previous : "") + "-" + epoch;
	}

	/** Whether a commit still waits for its confirmation at that moment. */
	boolean isPending(long clock) {
		return this.epoch != null && clock < this.epoch;
	}

	/** The generation that the guard uses at that moment. */
	@Nullable Integer inForce(long clock) {
		return (this.epoch != null && clock >= this.epoch) ? this.previous : this.generation;
	}

	/** The largest number in it. */
	int highest() {
		return Math.max((this.generation != null) ? this.generation : 0, (this.previous != null) ? this.previous : 0);
	}

}
