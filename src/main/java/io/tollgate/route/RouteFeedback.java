package io.tollgate.route;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What there is to say about the dial patterns of a route while they are typed.
 *
 * @param rows one for each row of the table
 * @param points what is to be seen beside the table, the worst first
 * @param more how many points are not shown
 * @param number the number that is tried, empty for none
 * @param tried what becomes of it
 */
record RouteFeedback(List<Row> rows, List<Point> points, int more, String number, String tried) {

	RouteFeedback {
		rows = List.copyOf(rows);
		points = List.copyOf(points);
	}

	/**
	 * For the page's script: tone and note of each row, divided by a tab, one a line.
	 */
	public String notes() {
		return this.rows.stream().map((row) -> row.tone() + "\t" + row.note()).collect(Collectors.joining("\n"));
	}

	/**
	 * A row of the table. A page may have a thousand, so what the template needs is ready
	 * here.
	 *
	 * @param number from 1
	 * @param label what it is called
	 * @param tone {@code stop}, {@code wait} or empty
	 * @param note what there is to say about it
	 * @param css how it looks
	 * @param id where to find it
	 * @param noteId where its note is to be found
	 * @param invalid {@code true} when its pattern has to be changed, else {@code null}
	 */
	record Row(int number, String label, DialRule rule, String tone, String note, String css, String id, String noteId,
			@Nullable String invalid) {

		static Row of(int number, String label, DialRule rule, String tone, String note) {
			return new Row(number, label, rule, tone, note, tone.isEmpty() ? "pat-row" : "pat-row pat-row--" + tone,
					"row-" + number, "note-" + number, tone.equals("stop") ? "true" : null);
		}

	}

	/**
	 * Something to know.
	 *
	 * @param line the row it is about, 0 for the route
	 * @param tone {@code stop}, {@code wait} or {@code open}
	 * @param offer a match pattern to put into the row instead, empty for none
	 */
	record Point(int line, String tone, String text, String offer) {

		public String icon() {
			return switch (this.tone) {
				case "stop" -> "circle-alert";
				case "wait" -> "triangle-alert";
				default -> "circle-check";
			};
		}

	}

}
