package io.tollgate.connector;

/**
 * How a number that is not dialled as international reads in full: what begins with
 * {@code leading} is {@code callingCode} and what is left after {@code strip} characters.
 * The longest {@code leading} wins.
 *
 * @param leading 1-2 digits
 * @param longOnly only for numbers of 10 digits or more
 * @param strip characters to take off, 0-2
 * @param callingCode digits, empty when it is dialled with it
 */
public record NationalForm(String leading, boolean longOnly, int strip,
		String callingCode) implements Comparable<NationalForm> {

	@Override
	public int compareTo(NationalForm other) {
		return key().compareTo(other.key());
	}

	private String key() {
		return this.leading + (this.longOnly ? "+" : "-");
	}

}
