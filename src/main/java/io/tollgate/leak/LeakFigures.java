package io.tollgate.leak;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What every page says of the leak checks: one query, one row. */
@Service
@Transactional(readOnly = true)
public class LeakFigures {

	/**
	 * The same conditions as {@link Standing#live}; what is checked of other rules than
	 * those in force counts as not checked.
	 */
	private static final String LIVE = """
			select count(g.id) as pbxs, count(*) - count(g.id) as unapplied,
			       coalesce(sum(case when c.outcome = 'LEAKS' then c.leaks else 0 end), 0) as leaks,
			       coalesce(sum(case when c.outcome = 'LEAKS' then 1 else 0 end), 0) as leaking,
			       coalesce(sum(case when c.outcome = 'PROVED' and p.guard_state = 'CURRENT' and p.reachable = true
			                              and i.open = false and i.as_applied = true and i.taken_at >= ? and i.generation = g.number then 1 else 0 end), 0) as proved,
			       min(c.checked_at) as since
			from pbx p
			left join generation g on g.pbx_id = p.id and g.id = (select max(h.id) from generation h where h.pbx_id = p.id)
			left join leak_check c on c.pbx_id = p.id and c.rules = 'LIVE' and c.version = ?
			     and c.basis = 'generation ' || g.id
			left join pbx_inspection i on i.pbx_id = p.id""";

	private final JdbcClient jdbc;

	private final Bases bases;

	private final Inspections inspections;

	private final VisiblePbxs visible;

	LeakFigures(JdbcClient jdbc, Bases bases, Inspections inspections, VisiblePbxs visible) {
		this.visible = visible;
		this.jdbc = jdbc;
		this.bases = bases;
		this.inspections = inspections;
	}

	/** Of the rules in force. */
	public Live live() {
		return this.jdbc.sql(LIVE + " where " + this.visible.sql("p.id"))
			.param(this.inspections.oldest().atOffset(ZoneOffset.UTC))
			.param(this.bases.version())
			.query((row, at) -> new Live(row.getInt("pbxs"), row.getInt("unapplied"), row.getInt("leaks"),
					row.getInt("leaking"), row.getInt("proved"), instant(row.getObject("since", OffsetDateTime.class))))
			.single();
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
		return (at != null) ? at.toInstant() : null;
	}

	/**
	 * The rules in force on all PBXs.
	 *
	 * @param pbxs PBXs that something was applied to
	 * @param unapplied PBXs that nothing was applied to yet
	 * @param leaks how many leaks they have together
	 * @param leaking how many of them have any
	 * @param proved how many of them are proved to have none, and are as they were
	 * applied
	 * @param since the oldest of these checks, {@code null} for none
	 */
	public record Live(int pbxs, int unapplied, int leaks, int leaking, int proved, @Nullable Instant since) {

		/** All PBXs. */
		public int all() {
			return this.pbxs + this.unapplied;
		}

		/** PBXs that nothing can be claimed of, for better or worse. */
		public int open() {
			return all() - this.leaking - this.proved;
		}

		/**
		 * {@code stop} with leaks, {@code open} when all is proved, else {@code wait}.
		 */
		public String tone() {
			if (this.leaks > 0) {
				return "stop";
			}
			return (open() == 0) ? "open" : "wait";
		}

	}

}
