package io.tollgate.pin;

/**
 * A PIN as it was typed, on its way to become a hash.
 *
 * @param label whose it is
 * @param digits the PIN itself, never to be kept or shown
 */
public record NewPin(String label, String digits) {

	/** Without the digits: this may stand in a log. */
	@Override
	public String toString() {
		return "NewPin[label=" + this.label + "]";
	}

}
