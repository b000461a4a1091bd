package io.tollgate.numbering;

/**
 * What follows the international prefix.
 *
 * @param digits 1-7 digits, not starting with 0: {@code 54}, or {@code 1242} for a
 * territory inside +1
 */
public record CallingCode(String digits) {

	public CallingCode {
		if (!digits.matches("[1-9][0-9]{0,6}")) {
			throw new IllegalArgumentException("calling code: " + digits);
		}
	}

	/** As people write it: {@code +54}, {@code +1 242}. */
	@Override
	public String toString() {
		boolean territory = this.digits.length() == 4 && this.digits.startsWith("1");
		return territory ? "+1 " + this.digits.substring(1) : "+" + this.digits;
	}

}
