package io.tollgate.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table of the portal's.
 *
 * @param name its name
 * @param columns what is in them, by name, in their order
 * @param counted the columns that the database numbers itself
 */
record Table(String name, Map<String, Kind> columns, Set<String> counted) {

	/**
	 * What is worth nothing after a restore: who is signed in, and which job is at work.
	 */
	private static final List<String> PASSING = List.of("spring_session_attributes", "spring_session",
			"scheduled_tasks", "setup_link");

	/** The migrations' own. */
	private static final String HISTORY = "flyway_schema_history";

	/** Those to be kept, each after those that it refers to. */
	static List<Table> all(Connection connection) throws SQLException {
		var names = names(connection);
		var needs = new TreeMap<String, Set<String>>();
		for (var name : names) {
			needs.put(name, needs(connection, name));
		}
		var tables = new ArrayList<Table>();
		var done = new HashSet<String>();
		while (done.size() < names.size()) {
			var next = names.stream()
				.filter((name) -> !done.contains(name) && done.containsAll(needs.getOrDefault(name, Set.of())))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("tables that refer to each other in a circle"));
			done.add(next);
			if (!PASSING.contains(next) && !next.equals(HISTORY)) {
				tables.add(of(connection, next));
			}
		}
		return tables;
	}

	/** All names, in an order that depends on nothing but them. */
	static Set<String> names(Connection connection) throws SQLException {
		var names = new TreeSet<String>();
		try (var rows = connection.getMetaData()
			.getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] { "TABLE", "BASE TABLE" })) {
			while (rows.next()) {
				names.add(rows.getString("TABLE_NAME"));
			}
		}
		return names;
	}

	private static Set<String> needs(Connection connection, String name) throws SQLException {
		var needs = new TreeSet<String>();
		try (var rows = connection.getMetaData()
			.getImportedKeys(connection.getCatalog(), connection.getSchema(), name)) {
			while (rows.next()) {
				needs.add(rows.getString("PKTABLE_NAME"));
			}
		}
		needs.remove(name);
		return needs;
	}

	private static Table of(Connection connection, String name) throws SQLException {
		var columns = new LinkedHashMap<String, Kind>();
		var counted = new TreeSet<String>();
		try (var rows = connection.getMetaData()
			.getColumns(connection.getCatalog(), connection.getSchema(), name.replace("_", "\\_"), "%")) {
			while (rows.next()) {
				columns.put(rows.getString("COLUMN_NAME"), Kind.of(rows.getString("TYPE_NAME")));
				if ("YES".equals(rows.getString("IS_AUTOINCREMENT"))) {
					counted.add(rows.getString("COLUMN_NAME"));
				}
			}
		}
		return new Table(name, columns, counted);
	}

	/**
	 * The tables whose rows no backup keeps, in an order in which they can be emptied.
	 */
	static List<String> passing() {
		return PASSING;
	}

	/** With only these columns, in this order. */
	Table inOrder(List<String> names) {
		var ordered = new LinkedHashMap<String, Kind>();
		names.forEach((column) -> ordered.put(column,
				Objects.requireNonNull(this.columns.get(column), () -> this.name + " has no column " + column)));
		return new Table(this.name, ordered, this.counted);
	}

	String select() {
		return "select " + quoted() + " from " + this.name;
	}

	String insert() {
		return "insert into " + this.name + " (" + quoted() + ") values ("
				+ this.columns.keySet().stream().map((column) -> "?").collect(Collectors.joining(", ")) + ")";
	}

	private String quoted() {
		return this.columns.keySet()
			.stream()
			.map((column) -> '"' + column.toLowerCase(Locale.ROOT) + '"')
			.collect(Collectors.joining(", "));
	}

	/** What a column holds, whatever its database calls that. */
	enum Kind {

		NUMBER, TRUTH, BYTES, TIME, UUID, TEXT;

		static Kind of(String type) {
			return switch (type.toLowerCase(Locale.ROOT)) {
				case "smallint", "integer", "bigint", "int2", "int4", "int8", "serial", "bigserial" -> NUMBER;
				case "boolean", "bool" -> TRUTH;
				case "binary varying", "bytea" -> BYTES;
				case "timestamp with time zone", "timestamptz" -> TIME;
				case "uuid" -> UUID;
				case "character", "character varying", "character large object", "bpchar", "varchar", "text" -> TEXT;
				default -> throw new IllegalStateException("a column of a type that no backup knows: " + type);
			};
		}

	}

}
