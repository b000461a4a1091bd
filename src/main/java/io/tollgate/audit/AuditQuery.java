package io.tollgate.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A filter as SQL: its conditions and the values that belong into them. */
final class AuditQuery {

	private static final List<String> SEARCHED = List.of("actor", "address", "action", "object_id", "object_name",
			"before_text", "after_text", "request_id");

	private final List<String> conditions;

	private final List<Object> values;

	private AuditQuery(List<String> conditions, List<Object> values) {
		this.conditions = conditions;
		this.values = values;
	}

	/** Every row. */
	static AuditQuery all() {
		return new AuditQuery(List.of(), List.of());
	}

	/**
	 * What a filter wants.
	 * @param actions those whose words fit what was searched
	 */
	static AuditQuery of(AuditFilter filter, List<String> actions) {
		var query = all();
		if (!filter.q().isEmpty()) {
			query = query.and(words(actions.size()), words(filter.q(), actions));
		}
		query = query.andEquals("actor", filter.actor())
			.andEquals("object_type", filter.type())
			.andEquals("object_id", filter.object());
		if (filter.firstDay() instanceof LocalDate first) {
			query = query.and("at >= ?", start(first));
		}
		if (filter.lastDay() instanceof LocalDate last) {
			query = query.and("at < ?", start(last.plusDays(1)));
		}
		return query;
	}

	private static String words(int actions) {
		var likes = SEARCHED.stream().map((column) -> "lower(" + column + ") like ? escape '!'");
		var chosen = (actions > 0)
				? Stream.of("action in (" + String.join(", ", Collections.nCopies(actions, "?")) + ")")
				: Stream.<String>empty();
		return "(" + String.join(" or ", Stream.concat(likes, chosen).toList()) + ")";
	}

	private static Object[] words(String q, List<String> actions) {
		var pattern = "%" + q.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
		return Stream.concat(Collections.nCopies(SEARCHED.size(), pattern).stream(), actions.stream()).toArray();
	}

	private static Timestamp start(LocalDate day) {
		Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		return Timestamp.from(start);
	}

	private AuditQuery andEquals(String column, String value) {
		return value.isEmpty() ? this : and(column + " = ?", value);
	}

	/** The same, with one more condition. */
	AuditQuery and(String condition, Object... more) {
		var allConditions = new ArrayList<>(this.conditions);
		allConditions.add(condition);
		var allValues = new ArrayList<>(this.values);
		allValues.addAll(List.of(more));
		return new AuditQuery(allConditions, allValues);
	}

	String sql() {
		return "select * from audit_event"
				+ (this.conditions.isEmpty() ? "" : " where " + String.join(" and ", this.conditions));
	}

	Object[] values() {
		return this.values.toArray();
	}

}
