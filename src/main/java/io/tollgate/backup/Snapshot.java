package io.tollgate.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;

/** One moment of the database, whatever is changed meanwhile. */
final class Snapshot {

	private Snapshot() {
	}

	static void begin(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		connection.setReadOnly(true);
		try (var statement = connection.createStatement()) {
			statement.execute(isPostgres(connection) ? "set transaction isolation level repeatable read"
					: "set session characteristics as transaction isolation level snapshot");
		}
	}

	static void end(Connection connection) throws SQLException {
		connection.rollback();
		if (!isPostgres(connection)) {
			try (var statement = connection.createStatement()) {
				statement.execute("set session characteristics as transaction isolation level read committed");
			}
		}
		connection.setReadOnly(false);
		connection.setAutoCommit(true);
	}

	static boolean isPostgres(Connection connection) throws SQLException {
		return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
	}

	/** The newest migration and its checksum. */
	static String schema(Connection connection) throws SQLException {
		try (var statement = connection.createStatement(); var row = statement.executeQuery("""
				select "version", "checksum" from flyway_schema_history
				where "success" and "version" is not null order by "installed_rank" desc limit 1""")) {
			if (!row.next()) {
				throw new SQLException("the database has no schema");
			}
			return row.getString(1) + " " + row.getInt(2);
		}
	}

	static TreeMap<Integer, String> keys(Connection connection) throws SQLException {
		var keys = new TreeMap<Integer, String>();
		try (var statement = connection.createStatement();
				var rows = statement.executeQuery("select version, fingerprint from key_version")) {
			while (rows.next()) {
				keys.put(rows.getInt(1), rows.getString(2));
			}
		}
		return keys;
	}

}
