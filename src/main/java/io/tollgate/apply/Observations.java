package io.tollgate.apply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What every PBX ran when it was last asked. */
@Component
@Transactional
class Observations {

	private final JdbcClient jdbc;

	private final Clock clock;

	Observations(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** By PBX, without those that were never asked. */
	@Transactional(readOnly = true)
	public Map<Long, Seen> all() {
		return this.jdbc.sql("select pbx_id, seen_at, generation, drift_checksum, drift_since from pbx_observation")
			.query(Observations::seen)
			.list()
			.stream()
			.collect(Collectors.toMap(Seen::pbxId, Function.identity()));
	}

	@Transactional(readOnly = true)
	public Optional<Seen> of(long pbxId) {
		return this.jdbc.sql(
				"select pbx_id, seen_at, generation, drift_checksum, drift_since from pbx_observation where pbx_id = ?")
			.param(pbxId)
			.query(Observations::seen)
			.optional();
	}

	/** How it differs from what was applied, a line each. */
	@Transactional(readOnly = true)
	public List<String> drift(long pbxId) {
		return this.jdbc.sql("select drift from pbx_observation where pbx_id = ? and drift is not null")
			.param(pbxId)
			.query(String.class)
			.optional()
			.map((text) -> text.lines().toList())
			.orElse(List.of());
	}

	/** Notes that a PBX was just proved to run what was applied. */
	public void asApplied(long pbxId, int generation) {
		store(pbxId, generation, DriftNote.NONE);
	}

	/** Notes what a PBX runs. */
	public void store(long pbxId, @Nullable Integer generation, DriftNote drift) {
		var before = of(pbxId).filter(Seen::isDrifted);
		var now = Instant.now(this.clock);
		var since = drift.isEmpty() ? null : before.map(Seen::driftSince).orElse(now);
		row(pbxId);
		this.jdbc.sql("""
				update pbx_observation
				set seen_at = :now, generation = :generation, drift_checksum = :checksum, drift = :drift,
				    drift_since = :since, misses = 0
				where pbx_id = :pbx""")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("generation", generation)
			.param("checksum", drift.checksum())
			.param("drift", drift.isEmpty() ? null : String.join("\n", drift.lines()))
			.param("since", (since != null) ? since.atOffset(ZoneOffset.UTC) : null)
			.param("pbx", pbxId)
			.update();
	}

	/**
	 * Notes that a PBX did not answer.
	 * @return how many times in a row that was
	 */
	public int missed(long pbxId) {
		row(pbxId);
		this.jdbc.sql("update pbx_observation set misses = misses + 1 where pbx_id = ?").param(pbxId).update();
		return Objects.requireNonNull(this.jdbc.sql("select misses from pbx_observation where pbx_id = ?")
			.param(pbxId)
			.query(Integer.class)
			.single());
	}

	/** Nothing for a PBX that was removed meanwhile. */
	private void row(long pbxId) {
		this.jdbc.sql("""
				insert into pbx_observation (pbx_id) select id from pbx where id = ?
				on conflict do nothing""").param(pbxId).update();
	}

	private static Seen seen(ResultSet row, int number) throws SQLException {
		int generation = row.getInt("generation");
		boolean none = row.wasNull();
		return new Seen(row.getLong("pbx_id"), instant(row, "seen_at"), none ? null : Integer.valueOf(generation),
				row.getString("drift_checksum"), instant(row, "drift_since"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		var time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * One PBX.
	 *
	 * @param seenAt when it last answered, {@code null} for never
	 * @param generation what it ran then, {@code null} for nothing
	 * @param driftChecksum of the difference to what was applied, empty for none
	 * @param driftSince since when it differs
	 */
	record Seen(long pbxId, @Nullable Instant seenAt, @Nullable Integer generation, String driftChecksum,
			@Nullable Instant driftSince) {

		boolean isDrifted() {
			return !this.driftChecksum.isEmpty();
		}

	}

}
