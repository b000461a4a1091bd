package io.tollgate.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds at one moment, cell by cell. */
record Tables(Map<String, Map<String, Map<String, String>>> rows) {

	/**
	 * Sessions, and what jobs note by themselves at any moment. When somebody was last
	 * seen is not compared either.
	 */
	private static final Set<String> RESTLESS = Set.of("spring_session", "spring_session_attributes", "scheduled_tasks",
			"apply_claim", "pbx_observation", "pbx_inspection", "leak_check", "audit_verification",
			"flyway_schema_history");

	static Tables of(JdbcClient jdbc) {
		var tables = new HashMap<String, Map<String, Map<String, String>>>();
		var names = jdbc
			.sql("select table_name from information_schema.tables where table_schema = 'public' order by 1")
			.query(String.class)
			.list();
		for (var name : names) {
			if (!RESTLESS.contains(name)) {
				tables.put(name, table(jdbc, name));
			}
		}
		return new Tables(tables);
	}

	private static Map<String, Map<String, String>> table(JdbcClient jdbc, String name) {
		var keys = jdbc
			.sql("""
					select k.column_name from information_schema.table_constraints c
					join information_schema.key_column_usage k on k.constraint_name = c.constraint_name
					where c.table_schema = 'public' and c.table_name = ? and c.constraint_type = 'PRIMARY KEY' order by 1""")
			.param(name)
			.query(String.class)
			.list();
		var rows = new HashMap<String, Map<String, String>>();
		jdbc.sql("select * from " + name).query((row, number) -> {
			var cells = new HashMap<String, String>();
			for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
				var bytes = row.getMetaData().getColumnTypeName(i).contains("BINARY") ? row.getBytes(i) : null;
				cells.put(row.getMetaData().getColumnLabel(i),
						(bytes != null) ? Arrays.toString(bytes) : Objects.toString(row.getObject(i)));
			}
			return cells;
		}).list().forEach((cells) -> rows.put(key(keys, cells), cells));
		return rows;
	}

	private static String key(List<String> keys, Map<String, String> cells) {
		return keys.isEmpty() ? cells.toString() : String.join("|", keys.stream().map(cells::get).toList());
	}

	/** What became different: {@code table.column}, {@code +table}, {@code -table}. */
	Set<String> changed(Tables after) {
		var changes = new TreeSet<String>();
		after.rows.forEach((table, rows) -> {
			var before = Objects.requireNonNull(this.rows.get(table));
			rows.forEach((key, cells) -> {
				var old = before.get(key);
				if (old == null) {
					changes.add("+" + table);
					return;
				}
				cells.forEach((column, value) -> {
					if (!column.equals("last_seen_at") && !value.equals(old.get(column))) {
						changes.add(table + "." + column);
					}
				});
			});
			if (!rows.keySet().containsAll(before.keySet())) {
				changes.add("-" + table);
			}
		});
		return changes;
	}

	/** The rows that were not there before as they are now, one text each. */
	List<String> fresh(Tables after) {
		var fresh = new ArrayList<String>();
		after.rows.forEach((table, rows) -> rows.forEach((key, cells) -> {
			if (!cells.equals(Objects.requireNonNull(this.rows.get(table)).get(key))) {
				fresh.add(table + " " + cells);
			}
		}));
		return fresh;
	}

}
