package io.tollgate.extension;

/**
 * An extension as a PBX tells it.
 *
 * @param number its number
 * @param name who it belongs to, may be empty
 */
public record Discovered(String number, String name) {

	private static final int NUMBER_LENGTH = 40;

	private static final int NAME_LENGTH = 80;

	/**
	 * Whether the portal can keep it. What it does not keep has the rights of an
	 * extension that it never heard of.
	 */
	boolean fits() {
		return !this.number.isBlank() && this.number.length() <= NUMBER_LENGTH
				&& this.number.chars().noneMatch(Character::isISOControl);
	}

	/** With a name that the portal can keep: what a PBX says is hostile. */
	Discovered cleaned() {
		var clean = this.name.replaceAll("\\p{Cntrl}+", "");
		int end = Math.min(clean.length(), NAME_LENGTH);
		if (end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1))) {
			end--;
		}
		return new Discovered(this.number, clean.substring(0, end));
	}

}
