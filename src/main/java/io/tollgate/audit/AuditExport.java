package io.tollgate.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands the log out, oldest first. It is read in small parts, each for itself: whoever
 * fetches it slowly holds nothing, and what is added meanwhile is not part of it.
 */
@Component
class AuditExport {

	private static final int BATCH = 500;

	/** What makes a spreadsheet take a cell for a formula, and what takes that away. */
	private static final String SPECIAL = "=+-@\t\r\n＝＋－＠'";

	private final AuditRows rows;

	private final AuditTrail trail;

	private final TransactionTemplate transaction;

	AuditExport(AuditRows rows, AuditTrail trail, TransactionTemplate transaction) {
		this.rows = rows;
		this.trail = trail;
		this.transaction = transaction;
	}

	/**
	 * Notes that somebody takes it away.
	 * @param filter in words, for the trail
	 * @return all of it, up to now
	 */
	AuditQuery begin(AuditQuery query, String format, String filter) {
		long last = this.rows.head().id();
		this.transaction.executeWithoutResult((status) -> this.trail.record("audit.exported",
				AuditObject.of("audit", null, format), null, filter.isEmpty() ? "everything" : filter));
		return query.and("id <= ?", last);
	}

	/** With the names of the columns in the first line. */
	void csv(AuditQuery query, Writer out) throws IOException {
		try (var printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
			printer.printRecord(AuditJson.COLUMNS);
			each(query, (row) -> printer
				.printRecord(AuditJson.columns(row).values().stream().map(AuditExport::cell).toList()));
		}
	}

	/** One JSON object a line. */
	void lines(AuditQuery query, Writer out) throws IOException {
		each(query, (row) -> out.append(AuditJson.line(AuditJson.columns(row))).append('\n'));
		out.flush();
	}

	private void each(AuditQuery query, Line line) throws IOException {
		try {
			this.rows.each(query, BATCH, (row) -> {
				try {
					line.write(row);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * What would be taken for a formula, and what begins with an apostrophe, gets an
	 * apostrophe in front; so whoever takes one away from each cell that begins with one
	 * has what was there.
	 */
	private static String cell(@Nullable Object value) {
		var text = (value != null) ? value.toString() : "";
		return (!text.isEmpty() && SPECIAL.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
	}

	/** Writes one row. */
	private interface Line {

		void write(AuditRow row) throws IOException;

	}

}
