package io.tollgate.extension;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.Origin;
import io.tollgate.extension.RestrictionEdit.MaxDuration;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Files of extensions, each for one PBX. A file is read row by row into a table beside
 * the extensions, where any portal finds it; what it would do is worked out whenever
 * somebody looks, against the extensions as they are then.
 */
@Component
class ExtensionImports {

	private static final Duration KEPT = Duration.ofDays(1);

	/** Rows in one statement. */
	private static final int PART = 2_000;

	/** Numbers that the trail writes out. */
	private static final int NAMED = 40;

	/** Languages whose headings are known: those that the portal exports in. */
	private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("es"));

	private static final Map<String, ImportColumn> EXPORTED = Map.of("number", ImportColumn.NUMBER, "name",
			ImportColumn.NAME, "pbx", ImportColumn.PBX, "international", ImportColumn.INTERNATIONAL, "outbound",
			ImportColumn.OUTBOUND, "hours", ImportColumn.HOURS, "duration", ImportColumn.DURATION);

	private static final String FROM = """
			from extension_import_row r join extension_import i on i.id = r.import_id
			left join extension e on e.pbx_id = i.pbx_id and e.number = r.number and r.problem = ''
			where r.import_id = ?""";

	/** What a row would do now. */
	private static final String VERDICT = """
			(case when r.problem <> '' then 'REFUSED' when e.id is null then 'NEW'
			when coalesce(r.disallow_international, e.disallow_international) <> e.disallow_international
			or coalesce(r.disallow_outbound, e.disallow_outbound) <> e.disallow_outbound
			or coalesce(r.disallow_outside_business_hours, e.disallow_outside_business_hours)
			<> e.disallow_outside_business_hours
			or r.max_duration_seconds is not null
			and nullif(r.max_duration_seconds, 0) is distinct from e.max_duration_seconds
			then 'CHANGED' else 'SAME' end)""";

	private static final String COLUMNS = "select r.*, " + VERDICT + """
			 as verdict, e.id as extension_id, e.name as known_name, e.present as known_present,
			e.disallow_international as known_international, e.disallow_outbound as known_outbound,
			e.disallow_outside_business_hours as known_hours, e.max_duration_seconds as known_duration
			""";

	private final Extensions extensions;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final AuditTrail audit;

	private final JdbcOperations jdbc;

	private final MessageSource messages;

	private final Clock clock;

	ExtensionImports(Extensions extensions, PbxRegistry registry, VisiblePbxs visible, AuditTrail audit,
			JdbcOperations jdbc, MessageSource messages, Clock clock) {
		this.extensions = extensions;
		this.registry = registry;
		this.visible = visible;
		this.audit = audit;
		this.jdbc = jdbc;
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * Reads a file. Nothing is changed by that.
	 * @param id what it is found by afterwards
	 */
	ImportFile.Outcome read(UUID id, Pbx pbx, InputStreamSource file) throws IOException {
		var now = Instant.now(this.clock);
		this.jdbc.update("delete from extension_import where made_at < ?", Timestamp.from(now.minus(KEPT)));
		this.jdbc.update("insert into extension_import (id, pbx_id, actor, made_at) values (?, ?, ?, ?)", id, pbx.id(),
				this.extensions.author().name(), Timestamp.from(now));
		var part = new ArrayList<ImportedRow>();
		var outcome = ImportFile.read(file, pbx.name(), headings(), (row) -> {
			part.add(row);
			if (part.size() == PART) {
				keep(id, part);
			}
		});
		keep(id, part);
		switch (outcome) {
			case ImportFile.Read read -> this.jdbc.update(
					"update extension_import set row_count = ?, columns = ?, ignored = ?, charset = ? where id = ?",
					read.rows(), String.join(" ", read.columns().stream().map(ImportColumn::name).sorted().toList()),
					read.ignored(), read.charset(), id);
			case ImportFile.Refused _ -> forget(id);
		}
		return outcome;
	}

	private Map<String, ImportColumn> headings() {
		var headings = new HashMap<String, ImportColumn>();
		EXPORTED.forEach((key, column) -> LANGUAGES.forEach((language) -> headings
			.put(this.messages.getMessage("extension.csv." + key, null, language).toLowerCase(Locale.ROOT), column)));
		return headings;
	}

	private void keep(UUID id, List<ImportedRow> part) {
		this.jdbc.batchUpdate("""
				insert into extension_import_row (import_id, line, number, name, disallow_international,
				disallow_outbound, disallow_outside_business_hours, max_duration_seconds, problem, argument)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", part, PART, (statement, row) -> {
			var edit = row.edit();
			statement.setObject(1, id);
			statement.setInt(2, row.line());
			statement.setString(3, row.number());
			statement.setString(4, row.name());
			statement.setObject(5, edit.disallowInternational(), java.sql.Types.BOOLEAN);
			statement.setObject(6, edit.disallowOutbound(), java.sql.Types.BOOLEAN);
			statement.setObject(7, edit.disallowOutsideBusinessHours(), java.sql.Types.BOOLEAN);
			statement.setObject(8, seconds(edit), java.sql.Types.INTEGER);
			statement.setString(9, row.problem());
			statement.setString(10, row.argument());
		});
		part.clear();
	}

	private static @Nullable Integer seconds(RestrictionEdit edit) {
		var limit = edit.maxDuration();
		if (limit == null) {
			return null;
		}
		var seconds = limit.seconds();
		return (seconds != null) ? seconds : Integer.valueOf(0);
	}

	/**
	 * A file that was read to the end. Who is limited to some PBXs sees those of their
	 * PBXs.
	 */
	Optional<Chosen> find(UUID id) {
		return this.jdbc
			.query("""
					select i.*, (select max(r.line) from extension_import_row r where r.import_id = i.id) as last_line
					from extension_import i where i.id = ? and i.row_count is not null""",
					(row, at) -> new Chosen(id, row.getLong("pbx_id"), row.getInt("row_count"), row.getInt("last_line"),
							Arrays.stream(row.getString("columns").split(" ")).map(ImportColumn::valueOf).toList(),
							row.getInt("ignored"), row.getString("charset")),
					id)
			.stream()
			.filter((chosen) -> this.visible.has(chosen.pbxId()))
			.findFirst();
	}

	/** How many rows of each kind it has now. */
	SortedMap<Verdict, Integer> counts(UUID id) {
		var counts = new TreeMap<Verdict, Integer>();
		this.jdbc.query("select " + VERDICT + " as verdict, count(*) as rows_of_it " + FROM + " group by 1", (row) -> {
			counts.put(Verdict.valueOf(row.getString("verdict")), row.getInt("rows_of_it"));
		}, id);
		return counts;
	}

	/**
	 * A page of its rows, in the order of the file.
	 * @param verdict only of that kind, {@code null} for all
	 */
	List<Preview> rows(UUID id, @Nullable Verdict verdict, int from, int most) {
		return this.jdbc.query(COLUMNS + FROM + " and " + VERDICT + " like ? order by r.line limit ? offset ?",
				(row, at) -> preview(row), id, (verdict != null) ? verdict.name() : "%", most, from);
	}

	/**
	 * Sets up the extensions that the PBX did not report, and gives the others what the
	 * file says. In the caller's transaction: all of it or nothing.
	 */
	EditResult takeOver(Chosen chosen, Origin author, IntConsumer progress) {
		long pbxId = chosen.pbxId();
		this.registry.touch(pbxId);
		var fresh = new Numbers();
		var changed = new Numbers();
		for (int line = 0; line < chosen.lastLine(); line += PART) {
			var part = part(chosen.id(), line);
			write(pbxId, part);
			part.forEach((row) -> (row.verdict() == Verdict.NEW ? fresh : changed).add(row.number()));
			progress.accept(fresh.count + changed.count);
		}
		int written = fresh.count + changed.count;
		if (written > 0) {
			this.extensions.recount(List.of(pbxId));
			var name = this.registry.find(pbxId).map(Pbx::name).orElse(null);
			this.audit.recordFor(author, "extension.imported", AuditObject.of("pbx", pbxId, name), null,
					fresh.words("set up") + changed.words("changed"));
		}
		forget(chosen.id());
		return new EditResult(written, written);
	}

	/**
	 * Of so many lines, so that the database reads no more than those: where it is to
	 * look for the next rows by itself it sorts all that are left, every time.
	 */
	private List<Preview> part(UUID id, int after) {
		return this.jdbc.query(
				COLUMNS + FROM + " and r.line between ? and ? and " + VERDICT
						+ " <> 'SAME' and r.problem = '' order by r.line",
				(row, at) -> preview(row), id, after + 1, after + PART);
	}

	private void write(long pbxId, List<Preview> part) {
		var fresh = part.stream().filter((row) -> row.verdict() == Verdict.NEW).toList();
		this.jdbc.batchUpdate("""
				insert into extension (pbx_id, number, name, present, number_order, name_order, disallow_international,
				disallow_outbound, disallow_outside_business_hours, max_duration_seconds)
				values (?, ?, ?, false, ?, ?, ?, ?, ?, ?)""", fresh.stream().map((row) -> {
			var then = row.then();
			return new Object[] { pbxId, row.number(), row.name(), SortKeys.number(row.number()),
					SortKeys.name(row.name()), then.disallowInternational(), then.disallowOutbound(),
					then.disallowOutsideBusinessHours(), then.maxDurationSeconds() };
		}).toList());
		this.jdbc.batchUpdate("""
				update extension set disallow_international = ?, disallow_outbound = ?,
				disallow_outside_business_hours = ?, max_duration_seconds = ? where id = ?""",
				part.stream().filter((row) -> row.verdict() == Verdict.CHANGED).map((row) -> {
					var then = row.then();
					return new Object[] { then.disallowInternational(), then.disallowOutbound(),
							then.disallowOutsideBusinessHours(), then.maxDurationSeconds(), row.extensionId() };
				}).toList());
	}

	private void forget(UUID id) {
		this.jdbc.update("delete from extension_import where id = ?", id);
	}

	private static Preview preview(ResultSet row) throws SQLException {
		long extension = row.getLong("extension_id");
		boolean known = !row.wasNull();
		int seconds = row.getInt("known_duration");
		var limit = row.wasNull() ? null : Integer.valueOf(seconds);
		var now = known ? new CallRestrictions(row.getBoolean("known_international"), row.getBoolean("known_outbound"),
				row.getBoolean("known_hours"), limit) : CallRestrictions.DEFAULT;
		return new Preview(row.getInt("line"), row.getString("number"),
				known ? row.getString("known_name") : row.getString("name"), Verdict.valueOf(row.getString("verdict")),
				extension, known && row.getBoolean("known_present"), now, edit(row).applyTo(now),
				row.getString("problem"), row.getString("argument"));
	}

	private static RestrictionEdit edit(ResultSet row) throws SQLException {
		int seconds = row.getInt("max_duration_seconds");
		var limit = row.wasNull() ? null : new MaxDuration((seconds > 0) ? Integer.valueOf(seconds) : null);
		return new RestrictionEdit(tick(row, "disallow_international"), tick(row, "disallow_outbound"),
				tick(row, "disallow_outside_business_hours"), limit);
	}

	private static @Nullable Boolean tick(ResultSet row, String column) throws SQLException {
		boolean ticked = row.getBoolean(column);
		return row.wasNull() ? null : Boolean.valueOf(ticked);
	}

	/** What a row would do. */
	enum Verdict {

		/** The PBX did not report such an extension: it is set up for when it does. */
		NEW,
		/** It gets other restrictions. */
		CHANGED,
		/** It has them already. */
		SAME,
		/** It cannot be used. */
		REFUSED

	}

	/**
	 * A file that was read.
	 *
	 * @param rows how many it has
	 * @param lastLine of the file that is a row
	 * @param columns that are of use
	 * @param ignored how many columns are not
	 */
	record Chosen(UUID id, long pbxId, int rows, int lastLine, List<ImportColumn> columns, int ignored,
			String charset) {
	}

	/**
	 * A row beside the extension that it is about.
	 *
	 * @param name that of the extension where the portal knows it, as the PBX says it
	 * @param extensionId 0 for one that is not known
	 * @param present whether the PBX has it
	 * @param now what it may not do
	 * @param then the same afterwards
	 */
	record Preview(int line, String number, String name, Verdict verdict, long extensionId, boolean present,
			CallRestrictions now, CallRestrictions then, String problem, String argument) {
	}

	/** Extensions as the trail names them: the first of them, and how many. */
	private static final class Numbers {

		private final List<String> first = new ArrayList<>();

		private int count;

		void add(String number) {
			this.count++;
			if (this.first.size() < NAMED) {
				this.first.add(number);
			}
		}

		String words(String verb) {
			int more = this.count - this.first.size();
			return (this.count == 0) ? "" : "%,d %s: %s%s\n".formatted(this.count, verb, String.join(", ", this.first),
					(more > 0) ? " and %,d more".formatted(more) : "");
		}

	}

}
