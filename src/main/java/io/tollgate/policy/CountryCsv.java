package io.tollgate.policy;

import java.util.List;
import java.util.stream.Collectors;

import io.tollgate.policy.CountryDirectory.Place;

/** The country list as CSV (RFC 4180). */
final class CountryCsv {

	private CountryCsv() {
	}

	/**
	 * @param header names of the columns: code, name, ISO codes, region, status, applied
	 * @param allowed word for an allowed code
	 * @param blocked word for a blocked one
	 * @param unapplied word for a row that was not applied yet
	 */
	static String of(List<CountryRow> rows, List<String> header, String allowed, String blocked, String unapplied) {
		var csv = new StringBuilder(line(header));
		for (CountryRow row : rows) {
			csv.append(line(List.of(row.code(), row.name(),
					row.places().stream().map(Place::iso).collect(Collectors.joining(" ")), row.region(),
					row.allowed() ? allowed : blocked, row.unapplied() ? unapplied : "")));
		}
		return csv.toString();
	}

	private static String line(List<String> cells) {
		return cells.stream().map(CountryCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	/** What a spreadsheet would take for a formula gets an apostrophe in front. */
	private static String cell(String text) {
		var safe = (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
		return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
	}

}
