package io.tollgate.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.tollgate.keys.Keys;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The table of the trail. Rows are only ever added: their numbers come from its head,
 * without a gap whatever is rolled back, and each carries a signature of itself and of
 * the one before it.
 */
@Repository
class AuditRows {

	private static final String INSERT = """
			insert into audit_event (id, at, actor, address, request_id, action, object_type, object_id, object_name,
			    pbx_id, before_text, after_text, key_version, previous, hash)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private final JdbcTemplate jdbc;

	private final Keys keys;

	private final ApplicationEventPublisher events;

	AuditRows(JdbcTemplate jdbc, Keys keys, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.keys = keys;
		this.events = events;
	}

	/**
	 * Adds rows in the transaction under way, which holds the head from here to its end.
	 * @throws io.tollgate.keys.SealedException without the key file
	 */
	void append(List<AuditContent> contents) {
		int version = this.keys.currentVersion();
		var chain = new Chain(this.keys);
		// so that nobody waits while keys are made
		chain.prepare(version);
		var head = lockHead();
		long id = head.id();
		String hash = head.hash();
		var rows = new ArrayList<Object[]>();
		for (var content : contents) {
			id++;
			var previous = hash;
			hash = chain.hash(version, previous, id, content);
			rows.add(values(new AuditRow(id, content, version, previous, hash)));
		}
		this.jdbc.batchUpdate(INSERT, rows);
		this.jdbc.update("update audit_head set last_id = ?, last_hash = ? where id = 1", id, hash);
		this.events.publishEvent(new Appended(new Head(id, hash), contents.size()));
	}

	private Head lockHead() {
		var head = this.jdbc.query("select last_id, last_hash from audit_head where id = 1 for update",
				(row, number) -> new Head(row.getLong("last_id"), row.getString("last_hash")));
		if (head.isEmpty()) {
			throw new IllegalStateException("the audit trail has no head");
		}
		return head.getFirst();
	}

	/** The newest row, as the head has it. */
	Head head() {
		return this.jdbc
			.query("select last_id, last_hash from audit_head where id = 1",
					(row, number) -> new Head(row.getLong("last_id"), row.getString("last_hash")))
			.stream()
			.findFirst()
			.orElse(Head.NONE);
	}

	/** The key that a row was signed with, the newest one when there is no such row. */
	int keyVersion(long id) {
		return this.jdbc.queryForList("select key_version from audit_event where id = ?", Integer.class, id)
			.stream()
			.findFirst()
			.orElseGet(this.keys::currentVersion);
	}

	/** The lowest number of a row, {@code null} without any. */
	@Nullable Long first() {
		return this.jdbc.queryForObject("select min(id) from audit_event", Long.class);
	}

	/** The hashes of those of these rows that there are. */
	Map<Long, String> hashes(List<Long> ids) {
		var hashes = new HashMap<Long, String>();
		this.jdbc.query("select id, hash from audit_event where id in (%s)"
			.formatted(String.join(", ", Collections.nCopies(ids.size(), "?"))), (row) -> {
				hashes.put(row.getLong("id"), row.getString("hash"));
			}, ids.toArray());
		return hashes;
	}

	/** Rows behind that number, in order. */
	List<AuditRow> after(long id, int count) {
		return this.jdbc.query("select * from audit_event where id > ? order by id limit ?", AuditRows::row, id, count);
	}

	/** The first rows that fit, from the newest down or from the oldest up. */
	List<AuditRow> find(AuditQuery query, int count, boolean upwards) {
		return this.jdbc.query(query.sql() + " order by id" + (upwards ? "" : " desc") + " limit " + count,
				AuditRows::row, query.values());
	}

	/** The rows that fit, oldest first, each once, also while others are added. */
	void each(AuditQuery query, int batch, Consumer<AuditRow> consumer) {
		long last = Long.MIN_VALUE;
		List<AuditRow> rows;
		do {
			var next = query.and("id > ?", last);
			rows = this.jdbc.query(next.sql() + " order by id limit " + batch, AuditRows::row, next.values());
			rows.forEach(consumer);
			last = rows.isEmpty() ? last : rows.getLast().id();
		}
		while (rows.size() == batch);
	}

	/** The values of a column, in order, each found by the index from the one before. */
	List<String> distinct(String column) {
		var values = new ArrayList<String>();
		for (var next = first(column, null); next != null; next = first(column, next)) {
			values.add(next);
		}
		return values;
	}

	/** The same of some rows. */
	List<String> distinct(String column, String condition) {
		return this.jdbc.queryForList(
				"select distinct %1$s from audit_event where %2$s order by %1$s".formatted(column, condition),
				String.class);
	}

	private @Nullable String first(String column, @Nullable String after) {
		return (after != null)
				? this.jdbc.queryForObject("select min(" + column + ") from audit_event where " + column + " > ?",
						String.class, after)
				: this.jdbc.queryForObject("select min(" + column + ") from audit_event", String.class);
	}

	private static Object[] values(AuditRow row) {
		var content = row.content();
		return new @Nullable Object[] { row.id(), Timestamp.from(content.at()), content.actor(), content.address(),
				content.requestId(), content.action(), content.objectType(), content.objectId(), content.objectName(),
				content.pbxId(), content.before(), content.after(), row.keyVersion(), row.previous(), row.hash() };
	}

	private static AuditRow row(ResultSet row, int number) throws SQLException {
		return new AuditRow(row.getLong("id"),
				new AuditContent(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("actor"),
						row.getString("address"), row.getString("request_id"), row.getString("action"),
						row.getString("object_type"), row.getString("object_id"), row.getString("object_name"),
						row.getObject("pbx_id", Long.class), row.getString("before_text"), row.getString("after_text")),
				row.getInt("key_version"), row.getString("previous"), row.getString("hash"));
	}

	/** The end of the chain. */
	record Head(long id, String hash) {

		static final Head NONE = new Head(0, Chain.BEGINNING);

	}

	/** Published in the transaction that added rows; what came is certain after it. */
	record Appended(Head head, int rows) {

	}

}
