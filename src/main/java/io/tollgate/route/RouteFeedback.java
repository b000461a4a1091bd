package io.tollgate.route;

import java.util.List;

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
	 * A row of the table.
	 *
	 * @param number from 1
	 * @param tone {@code stop}, {@code wait} or empty
	 * @param note what there is to say about it
	 */
	record Row(int number, DialRule rule, String tone, String note) {

		public String css() {
			return this.tone.isEmpty() ? "pat-row" : "pat-row pat-row--" + this.tone;
		}

	}

	/**
	 * Something to know.
	 *
	 * @param line the row it is about, 0 for the route
	 * @param tone {@code stop}, {@code wait} or {@code open}
	 */
	record Point(int line, String tone, String text) {

		public String icon() {
			return switch (this.tone) {
				case "stop" -> "circle-alert";
				case "wait" -> "triangle-alert";
				default -> "circle-check";
			};
		}

	}

}
