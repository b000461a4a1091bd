package io.tollgate.extension;

/**
 * A row of a file of extensions, as it was read.
 *
 * @param line of the file, from 1
 * @param number as written; a number that an extension can have unless there is a problem
 * @param name who it belongs to, empty when the file does not say
 * @param edit what the file says of its restrictions
 * @param problem why it is of no use: the words stand under
 * {@code extension.import.bad.<problem>}; empty when it is of use
 * @param argument what the words name
 */
record ImportedRow(int line, String number, String name, RestrictionEdit edit, String problem, String argument) {

	private static final int SHOWN = 80;

	static ImportedRow bad(int line, String number, String problem, String argument) {
		return new ImportedRow(line, cut(number, 40), "", RestrictionEdit.NOTHING, problem, cut(argument, SHOWN));
	}

	/** Nothing hidden, nothing long: it is shown to people and kept until then. */
	private static String cut(String text, int most) {
		var clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
		int end = Math.min(clean.length(), most);
		return clean.substring(0,
				(end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1))) ? end - 1 : end);
	}

}
