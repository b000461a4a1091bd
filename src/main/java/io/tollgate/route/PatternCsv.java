package io.tollgate.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.numbering.DialPattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/**
 * Dial patterns as a file, as FreePBX reads and writes it:
 * {@code prepend,prefix,match pattern,callerid}. Reads much more than FreePBX does and
 * says what it took for granted; nothing is lost silently.
 */
public final class PatternCsv {

	/** In bytes. */
	public static final int LARGEST = 1024 * 1024;

	public static final int MOST_ROWS = 10_000;

	private static final List<String> COLUMNS = List.of("prepend", "prefix", "match pattern", "callerid");

	private static final Map<String, String> OTHER_NAMES = Map.of("match", "match pattern", "pattern", "match pattern",
			"match_pattern", "match pattern", "dial pattern", "match pattern", "caller id", "callerid", "caller_id",
			"callerid", "cid", "callerid");

	private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

	/** What a rule is made of. A spreadsheet makes no command of it. */
	private static final Pattern HARMLESS = Pattern.compile("[0-9XZN*#+.!\\[\\]-]*");

	private final CSVFormat format;

	private final List<Row> rows = new ArrayList<>();

	private final List<BadRow> bad = new ArrayList<>();

	/** How often each was made; 0 when that says nothing. */
	private final Map<String, Integer> assumptions = new TreeMap<>();

	private final Map<String, Integer> seen = new TreeMap<>();

	private int blankLines;

	private String ignored = "";

	/** Which column stands at which place; {@code null} for one of no use. */
	private @Nullable List<@Nullable String> header;

	private PatternCsv(char delimiter) {
		this.format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
	}

	/** Reads a file that someone chose. */
	public static Parsed parse(byte[] file) {
		return (file.length > LARGEST) ? Refused.of("too-large", LARGEST / 1024) : parse(decode(file));
	}

	/** UTF-8 or what spreadsheets call Unicode; otherwise one byte is one character. */
	private static String decode(byte[] file) {
		boolean wide = file.length > 1 && ((file[0] == (byte) 0xFE && file[1] == (byte) 0xFF)
				|| (file[0] == (byte) 0xFF && file[1] == (byte) 0xFE));
		Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
		try {
			return charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(file, StandardCharsets.ISO_8859_1);
		}
	}

	/** Reads what someone pasted. */
	public static Parsed parse(String typed) {
		if (typed.length() > LARGEST) {
			return Refused.of("too-large", LARGEST / 1024);
		}
		boolean marked = typed.startsWith("\uFEFF");
		var lines = LINE_END.split(marked ? typed.substring(1) : typed, -1);
		if (typed.indexOf('\0') >= 0) {
			return Refused.of("not-text");
		}
		var first = Arrays.stream(lines).filter((line) -> !line.isBlank()).findFirst();
		if (first.isEmpty()) {
			return Refused.of("empty");
		}
		if (lines.length > MOST_ROWS + 1
				&& Arrays.stream(lines).filter((line) -> !line.isBlank()).count() > MOST_ROWS) {
			return Refused.of("too-many", MOST_ROWS);
		}
		char delimiter = delimiter(first.get());
		var file = new PatternCsv(delimiter);
		if (marked) {
			file.assumptions.put("byte-order-mark", 0);
		}
		if (delimiter != ',') {
			file.assumptions.put((delimiter == ';') ? "semicolons" : "tabs", 0);
		}
		return file.read(lines);
	}

	private static char delimiter(String line) {
		char most = ',';
		for (char other : new char[] { ';', '\t' }) {
			most = (count(line, other) > count(line, most)) ? other : most;
		}
		return most;
	}

	private static long count(String line, char c) {
		return line.chars().filter((one) -> one == c).count();
	}

	private Parsed read(String[] lines) {
		boolean begun = false;
		int blank = 0;
		for (int i = 0; i < lines.length; i++) {
			int bad = this.bad.size();
			var cells = cells(i + 1, lines[i]);
			if (cells.isEmpty()) {
				blank += (bad == this.bad.size()) ? 1 : 0;
				continue;
			}
			this.blankLines += blank; // those at the end are none
			blank = 0;
			if (!begun) {
				begun = true;
				var named = names(cells.get());
				if (named.contains("match pattern") || named.stream().filter(COLUMNS::contains).count() > 1) {
					Optional<Refused> refusal = useHeader(cells.get(), named);
					if (refusal.isPresent()) {
						return refusal.get();
					}
					continue;
				}
				this.assumptions.put("no-header", 0);
			}
			rule(i + 1, lines[i], cells.get());
		}
		if (this.blankLines > 0) {
			this.assumptions.put("blank-lines", this.blankLines);
		}
		return new Preview(this.rows, this.bad, assumptions());
	}

	/** Empty for a line that says nothing, or that is no row. */
	private Optional<List<String>> cells(int line, String text) {
		if (text.isBlank()) {
			return Optional.empty();
		}
		try (var parser = CSVParser.parse(text, this.format)) {
			var cells = parser.getRecords().getFirst().stream().map(String::strip).toList();
			return cells.stream().allMatch(String::isEmpty) ? Optional.empty() : Optional.of(cells);
		}
		catch (IOException | UncheckedIOException ex) {
			this.bad.add(BadRow.of(line, text, "quotes"));
			return Optional.empty();
		}
	}

	private static List<String> names(List<String> cells) {
		return cells.stream().map((cell) -> {
			var name = cell.toLowerCase(Locale.ROOT);
			return OTHER_NAMES.getOrDefault(name, name);
		}).toList();
	}

	private Optional<Refused> useHeader(List<String> cells, List<String> names) {
		if (!names.contains("match pattern")) {
			return Optional.of(Refused.of("no-match-column"));
		}
		for (var column : COLUMNS) {
			if (names.stream().filter(column::equals).count() > 1) {
				return Optional.of(Refused.of("column-twice", column));
			}
		}
		List<@Nullable String> known = new ArrayList<>();
		var unknown = new ArrayList<String>();
		for (int i = 0; i < names.size(); i++) {
			boolean column = COLUMNS.contains(names.get(i));
			known.add(column ? names.get(i) : null);
			if (!column && !cells.get(i).isEmpty()) {
				unknown.add(cells.get(i));
			}
		}
		this.header = known;
		if (!unknown.isEmpty()) {
			this.assumptions.put("ignored-columns", 0);
			this.ignored = String.join(", ", unknown);
		}
		return Optional.empty();
	}

	private void rule(int line, String text, List<String> cells) {
		var named = named(cells);
		if (named.isEmpty()) {
			this.bad.add(BadRow.of(line, text, "columns", cells.size()));
			return;
		}
		var rule = clean(named.get());
		var problem = problem(line, text, rule);
		if (problem.isPresent()) {
			this.bad.add(problem.get());
			return;
		}
		@Nullable Integer first = this.seen.putIfAbsent(rule.callerId() + "/" + rule.dialled(), line);
		if (first != null) {
			this.bad.add(BadRow.of(line, text, "twice", first));
			return;
		}
		this.rows.add(new Row(line, rule));
	}

	/** The cells by column; empty when it cannot be known which is which. */
	private Optional<Map<String, String>> named(List<String> cells) {
		@Nullable List<@Nullable String> columns = this.header;
		if (columns == null) {
			columns = withoutHeader(cells);
		}
		var named = new TreeMap<String, String>();
		for (int i = 0; i < cells.size(); i++) {
			@Nullable String column = (i < columns.size()) ? columns.get(i) : null;
			if (column != null) {
				named.put(column, cells.get(i));
			}
			else if (i >= columns.size() && !cells.get(i).isEmpty()) {
				return Optional.empty();
			}
		}
		if (this.header != null && cells.size() < columns.size()) {
			assume("short-rows");
		}
		return named.containsKey("match pattern") ? Optional.of(named) : Optional.empty();
	}

	private List<@Nullable String> withoutHeader(List<String> cells) {
		if (cells.size() == 1) {
			assume("one-column");
			return List.of("match pattern");
		}
		if (cells.size() == 3) {
			assume("three-columns");
		}
		return List.copyOf(COLUMNS);
	}

	private DialRule clean(Map<String, String> named) {
		var cells = new TreeMap<String, String>();
		named.forEach((column, cell) -> {
			boolean apostrophe = cell.startsWith("'");
			assumeIf(apostrophe, "apostrophe");
			cells.put(column, apostrophe ? cell.substring(1) : cell);
		});
		var match = cells.getOrDefault("match pattern", "");
		var bare = match.replaceAll("\\[[^]]*]", "");
		assumeIf(bare.matches(".*[xzn].*"), "lower-case");
		assumeIf(bare.startsWith("_"), "underscore");
		boolean divided = Stream
			.concat(Stream.of(bare), Stream.of("prepend", "prefix").map((c) -> cells.getOrDefault(c, "")))
			.anyMatch((cell) -> cell.matches(".*[\\s()-].*"));
		assumeIf(divided, "separators");
		var caller = cells.getOrDefault("callerid", "");
		return new DialRule(RouteCheck.bare(cells.getOrDefault("prepend", "")),
				RouteCheck.bare(cells.getOrDefault("prefix", "")), RouteCheck.clean(match.replace('\u00A0', ' ')),
				caller.isEmpty() ? "" : RouteCheck.clean(caller));
	}

	private static Optional<BadRow> problem(int line, String text, DialRule rule) {
		if (!RouteCheck.PREPEND.matcher(rule.prepend()).matches()) {
			return Optional.of(BadRow.of(line, text, "prepend", rule.prepend()));
		}
		if (!RouteCheck.DIGITS.matcher(rule.prefix()).matches()) {
			return Optional.of(BadRow.of(line, text, "prefix", rule.prefix()));
		}
		if (!rule.callerId().isEmpty() && !(DialPattern.parse(rule.callerId()) instanceof DialPattern.Ok)) {
			return Optional.of(BadRow.of(line, text, "callerid", rule.callerId()));
		}
		for (var pattern : List.of(rule.match(), rule.dialled())) {
			if (DialPattern.parse(pattern) instanceof DialPattern.Problem problem) {
				return Optional.of(BadRow.of(line, text, "pattern." + problem.code(),
						Stream.concat(Stream.of(pattern), problem.arguments().stream()).toArray()));
			}
		}
		return Optional.empty();
	}

	private void assume(String code) {
		this.assumptions.merge(code, 1, Integer::sum);
	}

	private void assumeIf(boolean so, String code) {
		if (so) {
			assume(code);
		}
	}

	private List<Assumption> assumptions() {
		return this.assumptions.entrySet()
			.stream()
			.map((made) -> new Assumption(made.getKey(),
					made.getKey().equals("ignored-columns") ? this.ignored : String.valueOf(made.getValue())))
			.toList();
	}

	/**
	 * The rules as a file that {@link #parse} reads back as they are, for any PBX of
	 * ours.
	 */
	public static String export(List<DialRule> rules) {
		return rules.stream()
			.map(PatternCsv::row)
			.collect(Collectors.joining("", String.join(",", COLUMNS) + "\n", ""));
	}

	/**
	 * The rules as FreePBX takes them: it drops a {@code !}, which would make a block of
	 * a prefix block nothing, so that becomes a dot, which asks for one character more.
	 */
	public static String exportForFreePbx(List<DialRule> rules) {
		return export(rules.stream()
			.map((rule) -> new DialRule(rule.prepend(), rule.prefix(), rule.match().replace('!', '.'),
					rule.callerId().replace('!', '.')))
			.toList());
	}

	/**
	 * Nothing needs quotes, and nothing may be changed to please a spreadsheet: a leading
	 * + belongs to the number.
	 */
	private static String row(DialRule rule) {
		var cells = List.of(rule.prepend(), rule.prefix(), rule.match(), rule.callerId());
		for (var cell : cells) {
			if (!HARMLESS.matcher(cell).matches() || cell.startsWith("-")) {
				throw new IllegalArgumentException("never checked: " + rule);
			}
		}
		return String.join(",", cells) + "\n";
	}

	/** What came of reading a file. */
	public sealed interface Parsed {

	}

	/**
	 * What it would bring; nothing is changed yet.
	 *
	 * @param rows what can be used
	 * @param bad what cannot
	 * @param assumptions what was taken for granted
	 */
	public record Preview(List<Row> rows, List<BadRow> bad, List<Assumption> assumptions) implements Parsed {

		public Preview {
			rows = List.copyOf(rows);
			bad = List.copyOf(bad);
			assumptions = List.copyOf(assumptions);
		}

		/** The rules in the order of the file. */
		public List<DialRule> rules() {
			return this.rows.stream().map(Row::rule).toList();
		}

	}

	/**
	 * It cannot be read at all.
	 *
	 * @param code the words stand under {@code route.csv.refused.<code>}, see
	 * {@link #CODES}
	 * @param arguments in the order of the message's placeholders
	 */
	public record Refused(String code, List<String> arguments) implements Parsed {

		/**
		 * {@code too-large} (kB), {@code too-many} (rows), {@code empty},
		 * {@code not-text}, {@code no-match-column}, {@code column-twice} (which).
		 */
		public static final List<String> CODES = List.of("too-large", "too-many", "empty", "not-text",
				"no-match-column", "column-twice");

		public Refused {
			arguments = List.copyOf(arguments);
		}

		static Refused of(String code, Object... arguments) {
			return new Refused(code, Arrays.stream(arguments).map(String::valueOf).toList());
		}

	}

	/**
	 * A row that is a rule.
	 *
	 * @param line of the file, from 1
	 */
	public record Row(int line, DialRule rule) {

	}

	/**
	 * A row that is none.
	 *
	 * @param line of the file, from 1
	 * @param text as it stands there, shortened
	 * @param code why, see {@link #CODES}, or {@code pattern.<code>} with a code of
	 * {@link DialPattern.Problem}
	 * @param arguments in the order of the message's placeholders
	 */
	public record BadRow(int line, String text, String code, List<String> arguments) {

		/**
		 * {@code quotes}, {@code columns} (how many), {@code prepend}, {@code prefix},
		 * {@code callerid} (which), {@code twice} (first line).
		 */
		public static final List<String> CODES = List.of("quotes", "columns", "prepend", "prefix", "callerid", "twice");

		private static final int SHOWN = 120;

		public BadRow {
			arguments = List.copyOf(arguments);
		}

		static BadRow of(int line, String text, String code, Object... arguments) {
			return new BadRow(line, (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text, code,
					Arrays.stream(arguments).map(String::valueOf).toList());
		}

		/** Where its words stand. */
		public String message() {
			return (this.code.startsWith("pattern.") ? "route.problem." : "route.csv.bad.") + this.code;
		}

	}

	/**
	 * Something that the file leaves open.
	 *
	 * @param code the words stand under {@code route.csv.assumed.<code>}, see
	 * {@link #CODES}
	 * @param argument in how many rows, or the names of the columns that are ignored
	 */
	public record Assumption(String code, String argument) {

		/** All there are. */
		public static final List<String> CODES = List.of("apostrophe", "blank-lines", "byte-order-mark",
				"ignored-columns", "lower-case", "no-header", "one-column", "semicolons", "separators", "short-rows",
				"tabs", "three-columns", "underscore");

	}

}
