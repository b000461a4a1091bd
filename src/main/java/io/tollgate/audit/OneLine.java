package io.tollgate.audit;

/**
 * Makes of any text a piece of one line that shows as what it is: whoever chooses a name
 * does not write lines of a log, colors of a terminal, nor the order in which others
 * read. What would do that is spelled out, like <code>\&#x75;202e</code>.
 */
public final class OneLine {

	private static final int ZERO_WIDTH_NON_JOINER = 0x200c;

	private static final int ZERO_WIDTH_JOINER = 0x200d;

	private OneLine() {
	}

	public static String of(String text) {
		return spelled(text, "");
	}

	/** The same, but line feeds and tabs stay: for texts of several lines. */
	static String keepingLines(String text) {
		return spelled(text.replace("\r\n", "\n"), "\n\t");
	}

	/** The same, but tabs stay: the line itself may be laid out with them. */
	static String keepingTabs(String text) {
		return spelled(text, "\t");
	}

	/** At most that long, which an ellipsis shows. */
	static String of(String text, int length) {
		var line = of(text);
		if (line.length() <= length) {
			return line;
		}
		int end = Character.isHighSurrogate(line.charAt(length - 2)) ? length - 2 : length - 1;
		return line.substring(0, end) + '…';
	}

	private static String spelled(String text, String kept) {
		if (text.codePoints().allMatch((point) -> harmless(point, kept))) {
			return text;
		}
		var line = new StringBuilder(text.length() + 16);
		text.codePoints().forEach((point) -> {
			if (harmless(point, kept)) {
				line.appendCodePoint(point);
			}
			else {
				for (char unit : Character.toChars(point)) {
					line.append("\\u%04x".formatted((int) unit));
				}
			}
		});
		return line.toString();
	}

	private static boolean harmless(int point, String kept) {
		return switch (Character.getType(point)) {
			case Character.CONTROL -> kept.indexOf(point) >= 0;
			// words and emoji of several letters need these two
			case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
			case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
			default -> true;
		};
	}

}
