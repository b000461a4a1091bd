package io.tollgate.extension;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file one after another, of which never more is in memory than a few
 * lines. A row may go over several lines within quotes; where quotes do not end, one line
 * is bad and the next one is read as if nothing had been.
 */
final class CsvRecords {

	/** In characters. Longer than any row that a PBX writes. */
	static final int LONGEST_LINE = 65_536;

	/** Lines of one row. */
	private static final int MOST_LINES = 50;

	private final Reader reader;

	private final Deque<Line> ahead = new ArrayDeque<>();

	private final Deque<Cells> read = new ArrayDeque<>();

	private @Nullable CSVFormat format;

	private int lines;

	private int last = -1;

	/**
	 * Reads from there.
	 * @param reader fast at single characters
	 */
	CsvRecords(Reader reader) {
		this.reader = reader;
	}

	/**
	 * The next row that says anything, {@code null} at the end.
	 * @throws NoTextException for what is no text
	 */
	@Nullable Cells next() throws IOException {
		while (this.read.isEmpty()) {
			var line = line();
			if (line == null) {
				return null;
			}
			if (!line.text().isBlank()) {
				read(line);
			}
		}
		return this.read.poll();
	}

	private void read(Line first) throws IOException {
		var lines = new ArrayList<>(List.of(first));
		var text = new StringBuilder(first.text());
		boolean open = odd(first.text());
		while (open && lines.size() < MOST_LINES && text.length() < LONGEST_LINE) {
			var next = line();
			if (next == null) {
				break;
			}
			lines.add(next);
			text.append('\n').append(next.text());
			open ^= odd(next.text());
		}
		if (open || !parse(first.number(), text.toString())) {
			this.read.add(new Cells(first.number(), List.of(first.text()), false));
			for (var line : lines.subList(1, lines.size()).reversed()) {
				this.ahead.push(line);
			}
		}
	}

	private boolean parse(int line, String text) throws IOException {
		if (this.format == null) {
			this.format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter(text)).get();
		}
		var rows = new ArrayList<Cells>();
		try (var parser = CSVParser.parse(text, this.format)) {
			var records = parser.iterator();
			long before = 0;
			while (records.hasNext()) {
				var cells = records.next().stream().map(String::strip).toList();
				if (!cells.stream().allMatch(String::isEmpty)) {
					rows.add(new Cells(line + (int) before, cells, true));
				}
				before = parser.getCurrentLineNumber();
			}
		}
		catch (UncheckedIOException ex) {
			return false; // said of the line by whoever asked
		}
		this.read.addAll(rows);
		return true;
	}

	private static char delimiter(String line) {
		char most = ',';
		for (char other : new char[] { ';', '\t' }) {
			most = (count(line, other) > count(line, most)) ? other : most;
		}
		return most;
	}

	private static boolean odd(String text) {
		return count(text, '"') % 2 != 0;
	}

	private static long count(String text, char c) {
		return text.chars().filter((one) -> one == c).count();
	}

	private @Nullable Line line() throws IOException {
		if (!this.ahead.isEmpty()) {
			return this.ahead.pop();
		}
		var text = new StringBuilder();
		int c = (this.last >= 0) ? this.last : this.reader.read();
		this.last = -1;
		if (c < 0) {
			return null;
		}
		while (c >= 0 && c != '\n' && c != '\r') {
			if (c == 0 || text.length() >= LONGEST_LINE) {
				throw new NoTextException(this.lines + 1);
			}
			text.append((char) c);
			c = this.reader.read();
		}
		if (c == '\r') {
			int after = this.reader.read();
			this.last = (after == '\n') ? -1 : after;
		}
		return new Line(++this.lines, text.toString());
	}

	private record Line(int number, String text) {
	}

	/**
	 * A row.
	 *
	 * @param line where it begins, from 1
	 * @param good {@code false} when its quotes do not end: then the line is all there is
	 */
	record Cells(int line, List<String> cells, boolean good) {
	}

	/** The file is none that people write. */
	static final class NoTextException extends IOException {

		private static final long serialVersionUID = 1L;

		private final int line;

		NoTextException(int line) {
			super("no text in line " + line);
			this.line = line;
		}

		int line() {
			return this.line;
		}

	}

}
