package io.tollgate.route;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tollgate.route.SqlTokens.Kind;

/**
 * The rows of some tables of a mysqldump. It is read, never run: of the tables that are
 * asked for, {@code CREATE TABLE} names the columns and {@code INSERT} brings the rows,
 * which must be plain values; everything else is passed over.
 */
final class SqlDump {

	private static final int LONGEST_VALUE = 4000;

	private static final int MOST_COLUMNS = 100;

	private static final Set<String> NO_COLUMNS = Set.of("primary", "unique", "key", "index", "fulltext", "spatial",
			"constraint", "foreign", "check", "period");

	private final SqlTokens tokens;

	/** How many rows each table may have. */
	private final Map<String, Integer> wanted;

	private final Map<String, List<String>> columns = new HashMap<>();

	private final Map<String, List<Map<String, String>>> rows = new HashMap<>();

	private Kind kind = Kind.END;

	/** Whose values are kept. */
	private final Set<String> needed;

	private SqlDump(Reader in, Map<String, Integer> wanted, Set<String> needed) {
		this.tokens = new SqlTokens(in, LONGEST_VALUE);
		this.needed = needed;
		this.wanted = wanted;
	}

	/**
	 * The rows by table, each by column in lower case; a {@code NULL} is an empty text. A
	 * table that the dump does not have is not there.
	 * @param wanted the tables and how many rows each may have
	 * @param needed the columns that are asked for, of whatever table: what a dump has
	 * beside them may be large
	 */
	static Map<String, List<Map<String, String>>> read(Reader in, Map<String, Integer> wanted, Set<String> needed)
			throws IOException, UnreadableDump {
		var dump = new SqlDump(in, wanted, needed);
		while (dump.next() != Kind.END) {
			dump.statement();
		}
		return dump.rows;
	}

	private void statement() throws IOException, UnreadableDump {
		if (isWord("INSERT") || isWord("REPLACE")) {
			next();
			while (isWord("LOW_PRIORITY") || isWord("DELAYED") || isWord("IGNORE") || isWord("INTO")) {
				next();
			}
			var table = table();
			if (this.wanted.containsKey(table)) {
				insert(table);
				return;
			}
		}
		else if (isWord("CREATE")) {
			next();
			if (isWord("TABLE")) {
				next();
				while (isWord("IF") || isWord("NOT") || isWord("EXISTS")) {
					next();
				}
				var table = table();
				if (this.wanted.containsKey(table)) {
					create(table);
				}
			}
		}
		skip();
	}

	private void skip() throws IOException, UnreadableDump {
		while (!isMark(';')) {
			if (this.kind == Kind.END) {
				throw refused("cut-off");
			}
			this.kind = this.tokens.next(false);
		}
	}

	/** Its name without that of the database. */
	private String table() throws IOException, UnreadableDump {
		var name = "";
		while (this.kind == Kind.NAME || this.kind == Kind.WORD) {
			name = this.tokens.text();
			next();
			if (isMark('.')) {
				next();
			}
			else if (!name.endsWith(".")) {
				break;
			}
		}
		return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
	}

	/** Names the columns: the first word of each part that is no key. */
	private void create(String table) throws IOException, UnreadableDump {
		var names = new ArrayList<String>();
		int depth = 0;
		boolean first = false;
		while (!isMark(';') && this.kind != Kind.END) {
			depth += isMark('(') ? 1 : isMark(')') ? -1 : 0;
			boolean begins = depth == 1 && (isMark('(') || isMark(','));
			if (first && !begins) {
				boolean column = this.kind == Kind.NAME || (this.kind == Kind.WORD
						&& !NO_COLUMNS.contains(this.tokens.text().toLowerCase(Locale.ROOT)));
				if (column) {
					add(names);
				}
			}
			first = begins;
			next();
		}
		this.columns.put(table, checked(names));
		this.rows.computeIfAbsent(table, (none) -> new ArrayList<>());
	}

	private void add(List<String> names) throws UnreadableDump {
		if (names.size() >= MOST_COLUMNS) {
			throw refused("not-understood");
		}
		names.add(this.tokens.text().toLowerCase(Locale.ROOT));
	}

	private List<String> checked(List<String> names) throws UnreadableDump {
		if (names.isEmpty() || names.size() > MOST_COLUMNS || Set.copyOf(names).size() < names.size()) {
			throw refused("not-understood");
		}
		return names;
	}

	private void insert(String table) throws IOException, UnreadableDump {
		var names = this.columns.get(table);
		if (isMark('(')) {
			names = listed();
		}
		if (!isWord("VALUES") && !isWord("VALUE")) {
			throw refused("not-understood");
		}
		if (names == null) {
			throw refused("no-columns", table);
		}
		next();
		while (true) {
			row(table, names);
			next();
			if (isMark(';')) {
				return;
			}
			expect(',');
			next();
		}
	}

	private List<String> listed() throws IOException, UnreadableDump {
		var names = new ArrayList<String>();
		while (!isMark(')')) {
			next();
			if (this.kind != Kind.NAME && this.kind != Kind.WORD) {
				throw refused("not-understood");
			}
			add(names);
			next();
			if (!isMark(')')) {
				expect(',');
			}
		}
		next();
		return checked(names);
	}

	private void row(String table, List<String> names) throws IOException, UnreadableDump {
		expect('(');
		var row = new HashMap<String, String>();
		for (int i = 0; i < names.size(); i++) {
			next();
			var value = value();
			if (this.needed.contains(names.get(i))) {
				row.put(names.get(i), value);
			}
			next();
			if (isMark(')') != (i == names.size() - 1)) {
				throw refused("columns", table);
			}
			if (!isMark(')')) {
				expect(',');
			}
		}
		var rows = this.rows.computeIfAbsent(table, (none) -> new ArrayList<>());
		if (rows.size() >= this.wanted.getOrDefault(table, 0)) {
			throw refused("too-many", table, this.wanted.getOrDefault(table, 0));
		}
		rows.add(row);
	}

	private String value() throws IOException, UnreadableDump {
		// what the characters of the text that follows are
		if (this.kind == Kind.WORD && this.tokens.text().startsWith("_")) {
			next();
		}
		if (this.kind == Kind.TEXT) {
			return this.tokens.text();
		}
		if (isWord("NULL")) {
			return "";
		}
		if (this.kind == Kind.WORD && this.tokens.text().matches("[-+0-9][0-9.]*")) {
			return this.tokens.text();
		}
		throw refused((this.kind == Kind.END) ? "cut-off" : "not-understood");
	}

	private Kind next() throws IOException, UnreadableDump {
		this.kind = this.tokens.next(true);
		return this.kind;
	}

	private boolean isWord(String word) {
		return this.kind == Kind.WORD && this.tokens.is(word);
	}

	private boolean isMark(char mark) {
		return this.kind == Kind.MARK && this.tokens.is(String.valueOf(mark));
	}

	private void expect(char mark) throws UnreadableDump {
		if (!isMark(mark)) {
			throw refused((this.kind == Kind.END) ? "cut-off" : "not-understood");
		}
	}

	/** With the line first. */
	private UnreadableDump refused(String code, Object... more) {
		var arguments = new ArrayList<Object>();
		arguments.add(this.tokens.line());
		arguments.addAll(List.of(more));
		return new UnreadableDump(code, arguments.toArray());
	}

}
