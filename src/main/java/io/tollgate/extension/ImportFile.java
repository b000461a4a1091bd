package io.tollgate.extension;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.tollgate.extension.RestrictionEdit.MaxDuration;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.InputStreamSource;

/**
 * Reads a file of extensions as FreePBX (Bulk Handler), Yeastar P-Series and Tollgate
 * write it. Columns are known by their headings, in any order; all others are skipped and
 * kept nowhere: such files hold passwords.
 */
final class ImportFile {

	static final int MOST_ROWS = 200_000;

	/** What an extension can be called on a PBX. */
	private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,39}");

	private static final Set<String> YES = Set.of("1", "true", "yes", "on", "enabled", "sí", "si");

	private static final Set<String> NO = Set.of("0", "false", "no", "off", "disabled");

	/** Instead of seconds: as the PBX has it for all. That says nothing of this one. */
	private static final Set<String> OF_THE_SYSTEM = Set.of("follow_system", "follow system", "-1");

	private static final int LONGEST_DURATION = 86_400;

	private final String pbx;

	private final Map<String, ImportColumn> headings;

	private final Consumer<ImportedRow> reader;

	private final Map<String, Integer> seen = new HashMap<>();

	private List<@Nullable ImportColumn> columns = List.of();

	private int rows;

	private ImportFile(String pbx, Map<String, ImportColumn> headings, Consumer<ImportedRow> reader) {
		this.pbx = pbx;
		this.headings = headings;
		this.reader = reader;
	}

	/**
	 * Reads it to the end.
	 * @param file can be read twice
	 * @param pbx the name of the PBX that it is for
	 * @param headings of columns in other languages than English
	 * @param reader is given each row
	 */
	static Outcome read(InputStreamSource file, String pbx, Map<String, ImportColumn> headings,
			Consumer<ImportedRow> reader) throws IOException {
		var charset = charset(file);
		try (var text = text(file.getInputStream(), charset)) {
			return new ImportFile(pbx, headings, reader).read(new CsvRecords(text), charset);
		}
		catch (CsvRecords.NoTextException ex) {
			return Refused.of("not-text", ex.line());
		}
	}

	private Outcome read(CsvRecords records, Charset charset) throws IOException {
		var head = records.next();
		if (head == null) {
			return Refused.of("empty");
		}
		var known = EnumSet.noneOf(ImportColumn.class);
		var columns = new ArrayList<@Nullable ImportColumn>();
		for (var heading : head.cells()) {
			var column = ImportColumn.of(heading, this.headings);
			if (column != null && !known.add(column)) {
				return Refused.of("column-twice", heading);
			}
			columns.add(column);
		}
		if (!known.contains(ImportColumn.NUMBER)) {
			return Refused.of("no-number");
		}
		this.columns = columns;
		for (var cells = records.next(); cells != null; cells = records.next()) {
			if (++this.rows > MOST_ROWS) {
				return Refused.of("too-many", MOST_ROWS);
			}
			this.reader.accept(
					cells.good() ? row(cells) : ImportedRow.bad(cells.line(), "", "quotes", cells.cells().getFirst()));
		}
		return (this.rows == 0) ? Refused.of("empty")
				: new Read(this.rows, known, columns.size() - known.size(), charset.name());
	}

	private ImportedRow row(CsvRecords.Cells row) {
		var cells = new EnumMap<ImportColumn, String>(ImportColumn.class);
		for (int i = 0; i < row.cells().size(); i++) {
			var cell = row.cells().get(i);
			if (i >= this.columns.size() && !cell.isEmpty()) {
				return ImportedRow.bad(row.line(), "", "columns", String.valueOf(row.cells().size()));
			}
			var column = (i < this.columns.size()) ? this.columns.get(i) : null;
			if (column != null) {
				cells.put(column, bare(cell));
			}
		}
		var number = cells.getOrDefault(ImportColumn.NUMBER, "");
		if (!NUMBER.matcher(number).matches()) {
			return ImportedRow.bad(row.line(), number, number.isEmpty() ? "no-number" : "number", number);
		}
		var there = cells.getOrDefault(ImportColumn.PBX, "");
		if (!there.isEmpty() && !there.equalsIgnoreCase(this.pbx)) {
			return ImportedRow.bad(row.line(), number, "other-pbx", there);
		}
		var first = this.seen.putIfAbsent(number, row.line());
		if (first != null) {
			return ImportedRow.bad(row.line(), number, "twice", first.toString());
		}
		return row(row.line(), number, cells);
	}

	private static ImportedRow row(int line, String number, Map<ImportColumn, String> cells) {
		for (var column : List.of(ImportColumn.INTERNATIONAL, ImportColumn.OUTBOUND, ImportColumn.HOURS)) {
			var cell = cells.getOrDefault(column, "").toLowerCase(Locale.ROOT);
			if (!cell.isEmpty() && !YES.contains(cell) && !NO.contains(cell)) {
				return ImportedRow.bad(line, number, "yes-no", cell);
			}
		}
		var written = cells.getOrDefault(ImportColumn.DURATION, "");
		var duration = OF_THE_SYSTEM.contains(written.toLowerCase(Locale.ROOT)) ? "" : written;
		if (!duration.matches("|[0-9]{1,5}") || !duration.isEmpty() && Integer.parseInt(duration) > LONGEST_DURATION) {
			return ImportedRow.bad(line, number, "duration", duration);
		}
		var edit = new RestrictionEdit(yes(cells.get(ImportColumn.INTERNATIONAL)),
				yes(cells.get(ImportColumn.OUTBOUND)), yes(cells.get(ImportColumn.HOURS)),
				duration.isEmpty() ? null : new MaxDuration(duration.matches("0+") ? null : Integer.valueOf(duration)));
		return new ImportedRow(line, number, new Discovered(number, name(cells)).cleaned().name(), edit, "", "");
	}

	private static @Nullable Boolean yes(@Nullable String cell) {
		return (cell == null || cell.isEmpty()) ? null : Boolean.valueOf(YES.contains(cell.toLowerCase(Locale.ROOT)));
	}

	private static String name(Map<ImportColumn, String> cells) {
		var whole = cells.getOrDefault(ImportColumn.NAME, "");
		return !whole.isEmpty() ? whole : (cells.getOrDefault(ImportColumn.FIRST_NAME, "") + " "
				+ cells.getOrDefault(ImportColumn.LAST_NAME, ""))
			.strip();
	}

	/** Without the apostrophe that keeps a spreadsheet from reading a formula. */
	private static String bare(String cell) {
		return cell.startsWith("'") ? cell.substring(1) : cell;
	}

	/**
	 * UTF-8 or what spreadsheets call Unicode; what can be neither is what Windows wrote
	 * before.
	 */
	private static Charset charset(InputStreamSource file) throws IOException {
		try (var in = file.getInputStream()) {
			var mark = in.readNBytes(2);
			if (mark.length == 2 && (mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF
					|| mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE)) {
				return StandardCharsets.UTF_16;
			}
		}
		try (var text = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8.newDecoder())) {
			var part = new char[8_192];
			int chars = text.read(part);
			while (chars >= 0) {
				chars = text.read(part);
			}
			return StandardCharsets.UTF_8;
		}
		catch (CharacterCodingException ex) {
			return Charset.forName("windows-1252");
		}
	}

	private static Reader text(InputStream in, Charset charset) throws IOException {
		var text = new BufferedReader(new InputStreamReader(in, charset));
		text.mark(1);
		if (text.read() != '\uFEFF') {
			text.reset();
		}
		return text;
	}

	/** What came of reading a file. */
	sealed interface Outcome {

	}

	/**
	 * It was read to the end.
	 *
	 * @param rows how many say anything
	 * @param columns that are of use
	 * @param ignored how many columns are not
	 * @param charset how it is written
	 */
	record Read(int rows, Set<ImportColumn> columns, int ignored, String charset) implements Outcome {

		Read {
			columns = Set.copyOf(columns);
		}

	}

	/**
	 * It is of no use at all.
	 *
	 * @param code the words stand under {@code extension.import.refused.<code>}:
	 * {@code empty}, {@code not-text} (line), {@code no-number}, {@code column-twice}
	 * (which), {@code too-many} (rows)
	 * @param arguments in the order of the message's placeholders
	 */
	record Refused(String code, List<Object> arguments) implements Outcome {

		Refused {
			arguments = List.copyOf(arguments);
		}

		static Refused of(String code, Object... arguments) {
			return new Refused(code, Arrays.asList(arguments));
		}

	}

}
