package io.tollgate.keys;

import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is locked in the database, some rows at a time. */
@Component
class LockedRows {

	/** Few enough that nobody waits for the transaction that changes them. */
	private static final int PART = 100;

	private final JdbcTemplate jdbc;

	LockedRows(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** The next rows of a column; empty at its end. */
	List<Row> after(LockedColumn column, @Nullable Row last) {
		var select = "select id, " + column.column() + " from " + column.table();
		var order = " order by id limit " + PART;
		return (last == null) ? this.jdbc.query(select + order, (row, _) -> read(column, row.getObject(1), row, 2))
				: this.jdbc.query(select + " where id > ?" + order, (row, _) -> read(column, row.getObject(1), row, 2),
						last.id());
	}

	private static Row read(LockedColumn column, Object id, java.sql.ResultSet row, int at)
			throws java.sql.SQLException {
		return new Row(id, column.isText() ? Base64.getDecoder().decode(row.getString(at)) : row.getBytes(at));
	}

	/**
	 * Locks a row in another way, unless somebody has written another secret meanwhile.
	 */
	void replace(LockedColumn column, Row row, byte[] locked) {
		this.jdbc.update("update " + column.table() + " set " + column.column() + " = ? where id = ? and "
				+ column.column() + " = ?", value(column, locked), row.id(), value(column, row.locked()));
	}

	private static Object value(LockedColumn column, byte[] locked) {
		return column.isText() ? Base64.getEncoder().encodeToString(locked) : locked;
	}

	/** The versions that rows of the audit trail are signed with. */
	List<Integer> signed() {
		return this.jdbc.queryForList("select distinct key_version from audit_event order by key_version",
				Integer.class);
	}

	/**
	 * A locked secret where it stands.
	 *
	 * @param id of its row
	 */
	record Row(Object id, byte[] locked) {

		@Override
		public String toString() {
			return "row " + this.id;
		}

	}

}
