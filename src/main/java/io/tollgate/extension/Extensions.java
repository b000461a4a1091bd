package io.tollgate.extension;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.audit.Origin;
import io.tollgate.listing.SearchText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The extensions of all PBXs and what each may not do. */
@Service
@Transactional(readOnly = true)
public class Extensions {

	/** Ids in one statement: well below every database's limit of parameters. */
	private static final int CHUNK = 1_000;

	/** Extensions in one statement that writes: a database keeps so many in memory. */
	private static final int PART = 2_000;

	/** Digits that a number has more than what was typed of it. */
	private static final int LONGER = 6;

	/** PBXs that are counted by one statement. */
	private static final int COUNTED = 100;

	private static final String COLUMNS = """
			e.disallow_international, e.disallow_outbound, e.disallow_outside_business_hours,
			e.max_duration_seconds""";

	private final ExtensionRows rows;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final JdbcOperations jdbc;

	Extensions(ExtensionRows rows, PbxRegistry registry, VisiblePbxs visible, AuditTrail audit, CurrentActor actor,
			JdbcOperations jdbc) {
		this.rows = rows;
		this.registry = registry;
		this.visible = visible;
		this.audit = audit;
		this.actor = actor;
		this.jdbc = jdbc;
	}

	/** The restrictions of every extension that the PBX has, by number. */
	public SortedMap<String, CallRestrictions> restrictions(long pbxId) {
		var restrictions = new TreeMap<String, CallRestrictions>();
		for (var row : this.rows.restricted(pbxId)) {
			restrictions.put(row.number(), row.restrictions());
		}
		return restrictions;
	}

	/**
	 * The same of several PBXs at once, by PBX; one that has no extension is there with
	 * none. One query for a thousand PBXs.
	 */
	public Map<Long, SortedMap<String, CallRestrictions>> restrictions(Collection<Long> pbxIds) {
		var restrictions = new HashMap<Long, SortedMap<String, CallRestrictions>>();
		pbxIds.forEach((pbxId) -> restrictions.put(pbxId, new TreeMap<>()));
		var ids = List.copyOf(restrictions.keySet());
		for (int from = 0; from < ids.size(); from += CHUNK) {
			for (var row : this.rows.restricted(ids.subList(from, Math.min(from + CHUNK, ids.size())))) {
				restrictions.getOrDefault(row.pbxId(), new TreeMap<>()).put(row.number(), row.restrictions());
			}
		}
		return restrictions;
	}

	/** Who each extension that the PBX has belongs to, by number. */
	SortedMap<String, String> names(long pbxId) {
		var names = new TreeMap<String, String>();
		this.rows.findByPbxId(pbxId)
			.stream()
			.filter(ExtensionRow::isPresent)
			.map(ExtensionRow::toExtension)
			.forEach((each) -> names.put(each.number(), each.name()));
		return names;
	}

	/** How many extensions each PBX has that is seen; one without any is missing. */
	public Map<Long, Long> counts() {
		return this.visible.of(this.rows.counts(), ExtensionRows.Count::getPbxId)
			.stream()
			.collect(Collectors.toMap(ExtensionRows.Count::getPbxId, ExtensionRows.Count::getCount));
	}

	/** One extension that the PBX has. */
	public Optional<Extension> find(long pbxId, String number) {
		return this.rows.findByPbxIdAndNumber(pbxId, number)
			.filter((row) -> row.isPresent() && this.visible.has(pbxId))
			.map(ExtensionRow::toExtension);
	}

	/** Every extension of that number: each PBX that is seen has at most one. */
	public List<Extension> withNumber(String number) {
		var all = this.rows.findByNumberAndPresentTrueOrderByPbxId(number)
			.stream()
			.map(ExtensionRow::toExtension)
			.toList();
		return this.visible.of(all, Extension::pbxId);
	}

	/**
	 * The first extensions whose number or name begins with that, then those whose name
	 * holds it, of PBXs that are seen. Begins are read from an index.
	 * @param most how many at most
	 */
	public List<Extension> beginning(String text, int most) {
		var there = Where.PRESENT.and(seen());
		var found = new LinkedHashMap<Long, Extension>();
		if (text.matches("[0-9]{1,40}")) {
			int longest = Math.min(text.length() + LONGER, 40);
			for (int length = text.length(); length <= longest && found.size() < most; length++) {
				var rest = length - text.length();
				var begin = "%02d%s".formatted(length, text);
				read(there.and(
						Where.of("e.number_order between ? and ?", begin + "0".repeat(rest), begin + "9".repeat(rest))),
						"e.number_order, e.pbx_id", most, found);
			}
		}
		var like = SearchText.folded(text).replaceAll("[!%_]", "!$0") + "%";
		if (found.size() < most) {
			read(there.and(Where.of("e.name_order like ? escape '!'", like)), "e.name_order, e.number_order, e.pbx_id",
					most, found);
		}
		if (found.size() < most) {
			read(there.and(Where.of("e.name_order like ? escape '!'", "%" + like)), "e.name_order, e.number_order",
					most, found);
		}
		return found.values().stream().limit(most).toList();
	}

	private void read(Where where, String order, int most, Map<Long, Extension> found) {
		this.jdbc.query("select e.id, e.pbx_id, e.number, e.name, e.present, " + COLUMNS + " from extension e where "
				+ where.sql() + " order by " + order + " limit " + most, (row) -> {
					found.putIfAbsent(row.getLong("id"),
							new Extension(row.getLong("id"), row.getLong("pbx_id"), row.getString("number"),
									row.getString("name"), row.getBoolean("present"), restrictions(row)));
				}, where.after());
	}

	/** How many rows that condition means on each PBX, and what they may not do. */
	Picked picked(Where where) {
		var byPbx = new TreeMap<Long, Map<CallRestrictions, Integer>>();
		this.jdbc.query("select e.pbx_id, " + COLUMNS + ", count(*) as count from extension e where " + where.sql()
				+ " group by e.pbx_id, " + COLUMNS, (row) -> {
					byPbx.computeIfAbsent(row.getLong("pbx_id"), (fresh) -> new HashMap<>())
						.put(restrictions(row), row.getInt("count"));
				}, where.after());
		return new Picked(byPbx);
	}

	static CallRestrictions restrictions(ResultSet row) throws SQLException {
		int seconds = row.getInt("max_duration_seconds");
		var limit = row.wasNull() ? null : Integer.valueOf(seconds);
		return new CallRestrictions(row.getBoolean("disallow_international"), row.getBoolean("disallow_outbound"),
				row.getBoolean("disallow_outside_business_hours"), limit);
	}

	/**
	 * Changes restrictions of many extensions at once, by statements for sets. The last
	 * write wins, field by field. Ids of extensions that the PBXs no longer have, or
	 * never had, count for nothing.
	 * @param ids identities in the portal
	 */
	@Transactional
	public EditResult edit(Set<Long> ids, RestrictionEdit edit) {
		return edit(seen().and(Where.in("e.id", ids)), edit, "", author(), (_) -> {
		});
	}

	/** Those that whoever asks sees, as of now. */
	Where seen() {
		return Where.of(this.visible.sql("e.pbx_id"));
	}

	/** Who edits now. */
	Origin author() {
		return this.actor.origin();
	}

	/**
	 * The same for whatever rows, all or none of them.
	 * @param filter what they were picked by, for the trail; empty when they were ticked
	 * @param progress is told how many rows are written
	 */
	@Transactional
	EditResult edit(Where which, RestrictionEdit edit, String filter, Origin author, IntConsumer progress) {
		var where = Where.PRESENT.and(which);
		var selected = picked(where);
		var changed = selected.changedBy(edit);
		if (changed.byPbx().isEmpty()) {
			return new EditResult(selected.count(), 0);
		}
		var rows = where.and(edit.changes());
		record(author, changed, edit, filter, rows);
		// before the extensions, as everybody who changes something of a PBX
		this.registry.touch(changed.pbxIds());
		int written = 0;
		for (var pbxIds : changed.parts(PART)) {
			written += write(Where.on(pbxIds).and(rows), edit);
			progress.accept(written);
		}
		recount(changed.pbxIds());
		return new EditResult(selected.count(), written);
	}

	/**
	 * Keeps how many extensions of each kind a PBX has, so that no page counts them.
	 * Whoever is here holds the row of the PBX until the end of the transaction.
	 */
	void recount(Collection<Long> pbxIds) {
		this.rows.flush();
		for (var ids : parts(pbxIds)) {
			var on = Where.on(ids).sql();
			this.jdbc.update("delete from extension_count e where " + on);
			this.jdbc.update("""
					insert into extension_count (pbx_id, there, abroad, inland, unapplied, gone)
					select e.pbx_id, count(case when %s then 1 end), count(case when %s then 1 end),
					count(case when %s then 1 end), count(case when %s then 1 end), count(case when %s then 1 end)
					from extension e where %s group by e.pbx_id""".formatted(Where.PRESENT.sql(), Where.ABROAD.sql(),
					Where.INLAND.sql(), Where.UNAPPLIED.sql(), Where.GONE.sql(), on));
		}
	}

	private static List<List<Long>> parts(Collection<Long> ids) {
		var all = List.copyOf(ids);
		return IntStream.range(0, Math.ceilDiv(all.size(), COUNTED))
			.mapToObj((part) -> all.subList(part * COUNTED, Math.min((part + 1) * COUNTED, all.size())))
			.toList();
	}

	private int write(Where rows, RestrictionEdit edit) {
		var columns = edit.columns();
		var set = columns.keySet().stream().map((column) -> column + " = ?").collect(Collectors.joining(", "));
		return this.jdbc.update("update extension e set " + set + " where " + rows.sql(),
				rows.after(columns.values().toArray()));
	}

	private void record(Origin author, Picked changed, RestrictionEdit edit, String filter, Where rows) {
		var names = this.registry.all().stream().collect(Collectors.toMap(Pbx::id, Pbx::name));
		int count = changed.count();
		var pbxs = changed.counts()
			.entrySet()
			.stream()
			.sorted(Comparator.comparing((each) -> names.getOrDefault(each.getKey(), "")))
			.limit(EditWords.PBXS)
			.map((each) -> new EditWords.OnPbx(names.getOrDefault(each.getKey(), "PBX " + each.getKey()),
					each.getValue(), numbers(Where.on(List.of(each.getKey())).and(rows))))
			.toList();
		int others = count - pbxs.stream().mapToInt(EditWords.OnPbx::count).sum();
		this.audit.recordFor(author, "extension.edited", object(changed, rows), EditWords.before(edit, changed.all()),
				EditWords.after(edit, filter, pbxs, others, changed.byPbx().size() - pbxs.size()));
	}

	private AuditObject object(Picked changed, Where rows) {
		var pbxs = changed.byPbx().keySet();
		var pbx = (pbxs.size() == 1) ? pbxs.iterator().next() : null;
		return ((changed.count() > 1) ? AuditObject.of("extension", null, "%,d extensions".formatted(changed.count()))
				: this.jdbc
					.query("select e.id, e.number from extension e where " + rows.sql(),
							(row, at) -> AuditObject.of("extension", row.getLong("id"), row.getString("number")),
							rows.after())
					.getFirst())
			.on(pbx);
	}

	private List<String> numbers(Where rows) {
		return this.jdbc.queryForList("select e.number from extension e where " + rows.sql()
				+ " order by e.number limit " + EditWords.NUMBERS, String.class, rows.after());
	}

	/**
	 * Takes over what a PBX was proved to run. The lists mark by it what is not applied
	 * yet. A PBX treats an extension that it was never told of by the default.
	 */
	@Transactional
	public void applied(long pbxId, SortedMap<String, CallRestrictions> running) {
		var changed = new ArrayList<Object[]>();
		this.jdbc.query("select id, number, applied from extension where pbx_id = ?", (row) -> {
			int code = running.getOrDefault(row.getString("number"), CallRestrictions.DEFAULT).code();
			if (row.getInt("applied") != code) {
				changed.add(new Object[] { code, row.getLong("id") });
			}
		}, pbxId);
		if (!changed.isEmpty()) {
			this.registry.hold(pbxId);
			this.jdbc.batchUpdate("update extension set applied = ? where id = ?", changed);
			recount(List.of(pbxId));
		}
	}

	/**
	 * Takes over the extensions that a PBX says it has. New ones get the default
	 * restrictions; one that vanished is kept with what it may not do, in case it comes
	 * back.
	 * @param discovered what the PBX says; a number that occurs twice counts once, one of
	 * more than 40 characters not at all
	 */
	@Transactional
	public SyncResult discovered(long pbxId, List<Discovered> discovered) {
		this.registry.hold(pbxId);
		var told = new LinkedHashMap<String, Discovered>();
		discovered.stream().filter(Discovered::fits).forEach((each) -> told.putIfAbsent(each.number(), each.cleaned()));
		var known = this.rows.findByPbxId(pbxId)
			.stream()
			.collect(Collectors.toMap(ExtensionRow::getNumber, Function.identity()));
		int vanished = 0;
		for (var row : known.values()) {
			if (row.isPresent() && !told.containsKey(row.getNumber())) {
				row.vanished();
				vanished++;
			}
		}
		int back = (int) told.values()
			.stream()
			.filter((each) -> known.containsKey(each.number()) && known.get(each.number()).seen(each))
			.count();
		var fresh = told.values().stream().filter((each) -> !known.containsKey(each.number())).toList();
		insert(pbxId, fresh);
		int added = fresh.size() + back;
		if (added + vanished > 0) {
			this.registry.touch(pbxId);
			recount(List.of(pbxId));
			this.audit.record("extension.read", pbx(pbxId), null, added + " added, " + vanished + " gone");
		}
		return new SyncResult(added, vanished, told.size());
	}

	/** In batches, which Hibernate does not do where the database gives the ids. */
	private void insert(long pbxId, List<Discovered> fresh) {
		this.jdbc.batchUpdate(
				"insert into extension (pbx_id, number, name, number_order, name_order) values (?, ?, ?, ?, ?)", fresh,
				CHUNK, (statement, each) -> {
					statement.setLong(1, pbxId);
					statement.setString(2, each.number());
					statement.setString(3, each.name());
					statement.setString(4, SortKeys.number(each.number()));
					statement.setString(5, SortKeys.name(each.name()));
				});
	}

	/**
	 * Gives every extension of the PBX the restrictions named, the default where none
	 * are.
	 */
	@Transactional
	public void restore(long pbxId, SortedMap<String, CallRestrictions> restrictions) {
		this.registry.hold(pbxId);
		var changed = new HashMap<String, CallRestrictions>();
		for (var row : this.rows.findByPbxId(pbxId)) {
			var wanted = restrictions.getOrDefault(row.getNumber(), CallRestrictions.DEFAULT);
			if (row.isPresent() && !row.restrictions().equals(wanted)) {
				row.restrict(wanted);
				changed.put(row.getNumber(), wanted);
			}
		}
		if (!changed.isEmpty()) {
			this.registry.touch(pbxId);
			recount(List.of(pbxId));
			this.audit.record("extension.restored", pbx(pbxId), null,
					changed.size() + " extensions back to what was applied");
		}
	}

	private AuditObject pbx(long pbxId) {
		return AuditObject.of("pbx", pbxId, this.registry.find(pbxId).map(Pbx::name).orElse(null));
	}

}
