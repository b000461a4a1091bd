package io.tollgate.extension;

import java.util.List;
import java.util.stream.Collectors;

/** The extension list as CSV (RFC 4180). */
final class ExtensionCsv {

	private ExtensionCsv() {
	}

	static String header(List<String> columns) {
		return line(columns);
	}

	/** A spreadsheet reads the values as they are; words for people stand on the page. */
	static String row(ExtensionListing each) {
		var now = each.restrictions();
		var limit = now.maxDurationSeconds();
		return line(List.of(each.number(), each.name(), each.pbx(), String.valueOf(now.disallowInternational()),
				String.valueOf(now.disallowOutbound()), String.valueOf(now.disallowOutsideBusinessHours()),
				(limit != null) ? limit.toString() : "", String.valueOf(each.present()),
				String.valueOf(each.unapplied())));
	}

	private static String line(List<String> cells) {
		return cells.stream().map(ExtensionCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	/** What a spreadsheet would take for a formula gets an apostrophe in front. */
	private static String cell(String text) {
		var safe = (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
		return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
	}

}
