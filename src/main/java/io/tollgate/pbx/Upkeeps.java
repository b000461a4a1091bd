package io.tollgate.pbx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The groups and maintenance windows of the PBXs. No edit of it is compiled. */
@Service
@Transactional
public class Upkeeps implements Scopes {

	private final JdbcClient jdbc;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final AuditTrail audit;

	Upkeeps(JdbcClient jdbc, PbxRegistry registry, VisiblePbxs visible, AuditTrail audit) {
		this.jdbc = jdbc;
		this.registry = registry;
		this.visible = visible;
		this.audit = audit;
	}

	/** By PBX, without those that have neither. */
	@Transactional(readOnly = true)
	public Map<Long, Upkeep> all() {
		var all = new LinkedHashMap<Long, Upkeep>();
		this.jdbc.sql("select * from pbx_upkeep where " + this.visible.sql("pbx_id"))
			.query((row, number) -> Map.entry(row.getLong("pbx_id"), read(row)))
			.list()
			.forEach((entry) -> all.put(entry.getKey(), entry.getValue()));
		return all;
	}

	@Transactional(readOnly = true)
	public Upkeep of(long pbxId) {
		return this.jdbc.sql("select * from pbx_upkeep where pbx_id = ?")
			.param(pbxId)
			.query((row, number) -> read(row))
			.optional()
			.orElse(Upkeep.NONE);
	}

	/** The group of each PBX that has one. */
	@Transactional(readOnly = true)
	public Map<Long, String> groupNames() {
		var groups = new LinkedHashMap<Long, String>();
		this.jdbc
			.sql("select pbx_id, group_name from pbx_upkeep where group_name <> '' and " + this.visible.sql("pbx_id"))
			.query((row, number) -> Map.entry(row.getLong("pbx_id"), row.getString("group_name")))
			.list()
			.forEach((entry) -> groups.put(entry.getKey(), entry.getValue()));
		return groups;
	}

	@Override
	@Transactional(readOnly = true)
	public SortedSet<String> groups() {
		return new TreeSet<>(this.jdbc
			.sql("select distinct group_name from pbx_upkeep where group_name <> '' and " + this.visible.sql("pbx_id"))
			.query(String.class)
			.list());
	}

	/** Whether whoever asks may sort PBXs into groups: a limited person may not. */
	public boolean mayGroup() {
		return !this.visible.limited();
	}

	/**
	 * Changes it.
	 * @throws NotThereException when whoever asks does not see that PBX
	 * @throws org.springframework.security.access.AccessDeniedException when a limited
	 * person gives it another group
	 */
	public void save(long pbxId, Upkeep upkeep) {
		var pbx = this.registry.find(pbxId).orElseThrow(NotThereException::new);
		var before = of(pbxId);
		if (!before.group().equals(upkeep.group())) {
			this.visible.requireUnlimited();
		}
		if (before.equals(upkeep)) {
			return;
		}
		this.jdbc.sql("insert into pbx_upkeep (pbx_id) values (?) on conflict do nothing").param(pbxId).update();
		var window = upkeep.window();
		this.jdbc.sql("""
				update pbx_upkeep
				set group_name = ?, window_days = ?, window_from = ?, window_to = ?, window_zone = ?
				where pbx_id = ?""")
			.params(upkeep.group(), (window != null) ? days(window) : "", (window != null) ? window.from() : 0,
					(window != null) ? window.to() : 0, (window != null) ? window.zone().getId() : "UTC", pbxId)
			.update();
		this.audit.record("pbx.upkeep.changed", AuditObject.of("pbx", pbxId, pbx.name()), words(before), words(upkeep));
	}

	private static Upkeep read(ResultSet row) throws SQLException {
		var days = row.getString("window_days");
		return new Upkeep(row.getString("group_name"),
				days.isEmpty() ? null
						: new MaintenanceWindow(
								Arrays.stream(days.split(","))
									.map((day) -> DayOfWeek.of(Integer.parseInt(day)))
									.collect(Collectors.toCollection(TreeSet::new)),
								row.getInt("window_from"), row.getInt("window_to"),
								ZoneId.of(row.getString("window_zone"))));
	}

	private static String days(MaintenanceWindow window) {
		return window.days().stream().map((day) -> String.valueOf(day.getValue())).collect(Collectors.joining(","));
	}

	private static @Nullable String words(Upkeep upkeep) {
		var window = upkeep.window();
		return "group " + (upkeep.group().isEmpty() ? "none" : upkeep.group()) + ", "
				+ ((window == null) ? "no window"
						: String.format(Locale.ROOT, "window %s %02d:%02d-%02d:%02d %s", window.days(),
								window.from() / 60, window.from() % 60, window.to() / 60, window.to() % 60,
								window.zone()));
	}

}
