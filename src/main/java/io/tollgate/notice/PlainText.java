package io.tollgate.notice;

/** What others said, fit for a line: it ends no line and fits its column. */
final class PlainText {

	private PlainText() {
	}

	static String of(String text, int longest) {
		var plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ").strip();
		return (plain.length() > longest) ? plain.substring(0, longest) : plain;
	}

}
