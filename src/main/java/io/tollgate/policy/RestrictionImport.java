package io.tollgate.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.policy.RestrictionChange.Empty;
import io.tollgate.policy.RestrictionChange.Refused;
import io.tollgate.policy.RestrictionChange.TooManyColumns;
import io.tollgate.policy.RestrictionReading.Assumed;
import org.jspecify.annotations.Nullable;

/**
 * A file of number restrictions, read but not taken over: FreePBX's dial patterns with or
 * without their header, the same in three columns, or a list of one pattern a line.
 *
 * @param layout what the file was taken for
 * @param good the rows that can be taken over
 * @param bad those that cannot, with the reason
 */
record RestrictionImport(Layout layout, List<Good> good, List<Bad> bad) {

	private static final Charset EXCEL = Charset.forName("windows-1252");

	RestrictionImport {
		good = List.copyOf(good);
		bad = List.copyOf(bad);
	}

	/** Text as a spreadsheet or an editor saved it. */
	static String text(byte[] file) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString().replace("\uFEFF", "");
		}
		catch (CharacterCodingException ex) {
			// files of older spreadsheets; every byte means something there
			return new String(file, EXCEL);
		}
	}

	static RestrictionImport of(String text, PolicyRules rules) {
		var lines = text.lines().toList();
		char divider = (text.indexOf(',') < 0 && text.indexOf(';') >= 0) ? ';' : ',';
		var good = new ArrayList<Good>();
		var bad = new ArrayList<Bad>();
		@Nullable Map<String, Integer> header = null;
		var layout = Layout.LIST;
		for (int at = 0; at < lines.size(); at++) {
			var cells = cells(lines.get(at), divider);
			if (cells.stream().allMatch(String::isEmpty)) {
				continue;
			}
			if (header == null && good.isEmpty() && bad.isEmpty() && isHeader(cells)) {
				header = header(cells);
				layout = Layout.HEADER;
				continue;
			}
			layout = (header == null && cells.size() > 2) ? layout.or(cells.size()) : layout;
			var row = (header != null) ? Row.of(cells, header) : Row.of(cells);
			read(at + 1, lines.get(at), row, rules, good, bad);
		}
		return new RestrictionImport(layout, good, bad);
	}

	private static void read(int line, String written, @Nullable Row row, PolicyRules rules, List<Good> good,
			List<Bad> bad) {
		if (row == null) {
			bad.add(new Bad(line, written, new TooManyColumns()));
			return;
		}
		var number = row.number(rules);
		var reading = RestrictionReading.of(number, rules);
		if (reading.refused() != null) {
			bad.add(new Bad(line, written, number.isEmpty() ? new Empty() : reading.refused()));
			return;
		}
		for (String entry : reading.entries()) {
			good.add(new Good(line, written, entry, row.label(), reading.assumed(), row.omitted(rules)));
		}
	}

	/** What would be added: notes by entry. Of the same entry twice the first counts. */
	Map<String, String> entries() {
		var entries = new LinkedHashMap<String, String>();
		this.good.forEach((row) -> entries.putIfAbsent(row.entry(), row.label()));
		return entries;
	}

	private static boolean isHeader(List<String> cells) {
		return cells.stream()
			.map((cell) -> cell.toLowerCase(Locale.ROOT))
			.anyMatch((cell) -> cell.equals("match pattern") || cell.equals("prefix") || cell.equals("prepend")
					|| cell.equals("pattern"));
	}

	private static Map<String, Integer> header(List<String> cells) {
		var columns = new LinkedHashMap<String, Integer>();
		for (int at = 0; at < cells.size(); at++) {
			columns.putIfAbsent(cells.get(at).toLowerCase(Locale.ROOT), at);
		}
		return columns;
	}

	/** The cells of a line, without quotes and blanks around them. */
	private static List<String> cells(String line, char divider) {
		var cells = new ArrayList<String>();
		var cell = new StringBuilder();
		boolean quoted = false;
		for (char c : line.toCharArray()) {
			if (c == '"') {
				quoted = !quoted;
			}
			else if (c == divider && !quoted) {
				cells.add(cell.toString().strip());
				cell.setLength(0);
			}
			else {
				cell.append(c);
			}
		}
		cells.add(cell.toString().strip());
		return cells;
	}

	/** What a file was taken for. */
	enum Layout {

		/** A pattern a line, perhaps with a note. */
		LIST,
		/** Columns named by the first line. */
		HEADER,
		/** FreePBX's four columns without their names. */
		FOUR,
		/** The first three of them. */
		THREE;

		private Layout or(int columns) {
			return (this == FOUR || columns > 3) ? FOUR : THREE;
		}

	}

	/**
	 * What a row becomes.
	 *
	 * @param line counted from 1
	 * @param written the line itself
	 * @param label what it is called there
	 * @param assumed what had to be assumed, {@code null} for nothing
	 * @param omitted what of the row means nothing to a restriction, {@code null} for
	 * nothing
	 */
	record Good(int line, String written, String entry, String label, @Nullable Assumed assumed,
			@Nullable Omitted omitted) {
	}

	/**
	 * A row that cannot be taken over.
	 *
	 * @param line counted from 1
	 * @param written the line itself
	 */
	record Bad(int line, String written, Refused reason) {
	}

	/** What of a dial pattern a restriction has no use for. */
	enum Omitted {

		/** Digits that a route takes off, such as 9 for an outside line. */
		PREFIX,
		/** Who calls: a restriction is for everybody. */
		CALLER

	}

	private record Row(String prepend, String prefix, String match, String caller, String label) {

		/** A row of a file without header. */
		static @Nullable Row of(List<String> cells) {
			var filled = cells.stream().filter((cell) -> !cell.isEmpty()).toList();
			return switch (cells.size()) {
				case 1 -> new Row("", "", cells.getFirst(), "", "");
				case 2 -> new Row("", "", cells.getFirst(), "", cells.getLast());
				case 3, 4 -> (filled.size() == 1) ? new Row("", "", filled.getFirst(), "", "")
						: new Row(cells.get(0), cells.get(1), cells.get(2), (cells.size() > 3) ? cells.get(3) : "", "");
				default -> null;
			};
		}

		static Row of(List<String> cells, Map<String, Integer> header) {
			var match = cell(cells, header.getOrDefault("match pattern", header.getOrDefault("pattern", -1)));
			return new Row(cell(cells, header.getOrDefault("prepend", -1)),
					cell(cells, header.getOrDefault("prefix", -1)), match,
					cell(cells, header.getOrDefault("callerid", -1)),
					cell(cells, header.getOrDefault("note", header.getOrDefault("description", -1))));
		}

		private static String cell(List<String> cells, int column) {
			return (column >= 0 && column < cells.size()) ? cells.get(column) : "";
		}

		/**
		 * What the trunk is sent counts: what is prepended, and a prefix only where it
		 * begins the number itself.
		 */
		String number(PolicyRules rules) {
			if (this.match.isEmpty()) {
				return "";
			}
			var begun = !this.prepend.isEmpty() ? this.prepend : beginsTheNumber(rules) ? this.prefix : "";
			return begun + this.match.replaceFirst("^_", "");
		}

		private boolean beginsTheNumber(PolicyRules rules) {
			return this.prefix.equals("1") || this.prefix.equals("+1") || Policies.USUAL_PREFIXES.contains(this.prefix)
					|| rules.internationalPrefixes().contains(this.prefix);
		}

		@Nullable Omitted omitted(PolicyRules rules) {
			if (!this.caller.isEmpty()) {
				return Omitted.CALLER;
			}
			boolean used = this.prefix.isEmpty() || this.prepend.isEmpty() && beginsTheNumber(rules);
			return used ? null : Omitted.PREFIX;
		}

	}

}
