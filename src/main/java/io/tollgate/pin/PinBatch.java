package io.tollgate.pin;

import java.util.ArrayList;
import java.util.List;

/**
 * Many PINs in a text, one a line: {@code label,PIN}, also divided by {@code ;} or a tab.
 *
 * @param rows the lines that are not empty
 */
record PinBatch(List<Row> rows) {

	PinBatch {
		rows = List.copyOf(rows);
	}

	static PinBatch read(String text) {
		var rows = new ArrayList<Row>();
		var lines = text.lines().toList();
		for (int i = 0; i < lines.size(); i++) {
			if (!lines.get(i).isBlank()) {
				rows.add(row(i + 1, lines.get(i)));
			}
		}
		return new PinBatch(rows);
	}

	/** What is no pair is not looked into: it may be a lone PIN. */
	private static Row row(int number, String line) {
		var parts = line.split("[,;\t]", -1);
		return (parts.length == 2) ? new Row(number, true, new NewPin(parts[0].strip(), parts[1].strip()))
				: new Row(number, false, new NewPin("", ""));
	}

	List<NewPin> pins() {
		return this.rows.stream().map(Row::pin).toList();
	}

	/**
	 * A line.
	 *
	 * @param number from 1
	 * @param pair whether it has a label and a PIN
	 */
	record Row(int number, boolean pair, NewPin pin) {
	}

}
