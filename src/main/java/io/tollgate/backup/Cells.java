package io.tollgate.backup;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.tollgate.backup.Table.Kind;
import org.jspecify.annotations.Nullable;

/** Rows as JSON can say them, the same from each database and for each. */
final class Cells {

	private Cells() {
	}

	static List<@Nullable Object> read(ResultSet row, Table table) throws SQLException {
		var cells = new ArrayList<@Nullable Object>();
		int at = 0;
		for (var kind : table.columns().values()) {
			cells.add(read(row, ++at, kind));
		}
		return cells;
	}

	private static @Nullable Object read(ResultSet row, int at, Kind kind) throws SQLException {
		if (row.getObject(at) == null) {
			return null;
		}
		return switch (kind) {
			case NUMBER -> row.getLong(at);
			case TRUTH -> row.getBoolean(at);
			case BYTES -> Base64.getEncoder().encodeToString(row.getBytes(at));
			case TIME -> row.getObject(at, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC).toString();
			case UUID, TEXT -> row.getString(at);
		};
	}

	static void write(PreparedStatement insert, Table table, List<? extends @Nullable Object> cells)
			throws SQLException {
		int at = 0;
		for (var kind : table.columns().values()) {
			write(insert, at + 1, kind, cells.get(at));
			at++;
		}
	}

	private static void write(PreparedStatement insert, int at, Kind kind, @Nullable Object cell) throws SQLException {
		if (cell == null) {
			insert.setNull(at, Types.NULL);
			return;
		}
		switch (kind) {
			case NUMBER -> insert.setLong(at, ((Number) cell).longValue());
			case TRUTH -> insert.setBoolean(at, (Boolean) cell);
			case BYTES -> insert.setBytes(at, Base64.getDecoder().decode(cell.toString()));
			case TIME -> insert.setObject(at, OffsetDateTime.parse(cell.toString()));
			case UUID -> insert.setObject(at, UUID.fromString(cell.toString()));
			case TEXT -> insert.setString(at, cell.toString());
		}
	}

}
