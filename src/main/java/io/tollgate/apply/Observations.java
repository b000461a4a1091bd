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

import io.tollgate.connector.Drift;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What every PBX ran when it was last asked. */
@Component
@Transactional
class Observations {

	private static final String SEEN = """
			select pbx_id, seen_at, generation, drift is not null as drifted, drift_checksum, drift_since, failure
			from pbx_observation""";

	private final JsonMapper json = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Observations(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.clock = clock;
	}

	/** By PBX, without those that were never asked. */
	@Transactional(readOnly = true)
	public Map<Long, Seen> all() {
		return this.jdbc.sql(SEEN)
			.query(Observations::seen)
			.list()
			.stream()
			.collect(Collectors.toMap(Seen::pbxId, Function.identity()));
	}

	@Transactional(readOnly = true)
	public Optional<Seen> of(long pbxId) {
		return this.jdbc.sql(SEEN + " where pbx_id = ?").param(pbxId).query(Observations::seen).optional();
	}

	/** How it differs from what was applied. */
	@Transactional(readOnly = true)
	public List<Drift> drifts(long pbxId) {
		return this.jdbc.sql("select drift from pbx_observation where pbx_id = ? and drift is not null")
			.param(pbxId)
			.query(String.class)
			.optional()
			.map((text) -> List.of(this.json.readValue(text, Drift[].class)))
			.orElse(List.of());
	}

	/**
	 * Notes that a PBX was just proved to run what was applied. Where its phones are was
	 * not looked at.
	 */
	public void asApplied(long pbxId, int generation) {
		var phones = drifts(pbxId).stream().filter((drift) -> drift.kind() == Drift.Kind.ENDPOINT).toList();
		store(pbxId, generation, new Drifts(phones, List.of()));
	}

	/** Notes what a PBX runs. */
	public void store(long pbxId, @Nullable Integer generation, Drifts drifts) {
		var before = of(pbxId).filter(Seen::drifted);
		var now = Instant.now(this.clock);
		var since = drifts.isEmpty() ? null : before.map(Seen::driftSince).orElse(now);
		row(pbxId);
		this.jdbc.sql("""
				update pbx_observation
				set seen_at = :now, generation = :generation, drift_checksum = :checksum, drift = :drift,
				    drift_since = :since, misses = 0, failure = null
				where pbx_id = :pbx""")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("generation", generation)
			.param("checksum", drifts.checksum())
			.param("drift", drifts.isEmpty() ? null : this.json.writeValueAsString(drifts.all()))
			.param("since", (since != null) ? since.atOffset(ZoneOffset.UTC) : null)
			.param("pbx", pbxId)
			.update();
		if (before.isEmpty() && !drifts.isEmpty()) {
			this.events.publishEvent(new DriftFound(pbxId, drifts.all().size()));
		}
	}

	/** Notes that a PBX answered, but did not let itself be looked at. */
	public void failed(long pbxId, String why) {
		row(pbxId);
		this.jdbc.sql("update pbx_observation set failure = ?, misses = 0 where pbx_id = ?")
			.params(why, pbxId)
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
				row.getBoolean("drifted"), row.getString("drift_checksum"), instant(row, "drift_since"),
				row.getString("failure"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		var time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * One PBX.
	 *
	 * @param seenAt when it was last looked at, {@code null} for never
	 * @param generation what it ran then, {@code null} for nothing
	 * @param drifted whether it differs from what was applied
	 * @param driftChecksum of what an apply must know of before it overwrites it, empty
	 * for nothing
	 * @param driftSince since when it differs
	 * @param failure why it could not be looked at since, {@code null} when it could
	 */
	record Seen(long pbxId, @Nullable Instant seenAt, @Nullable Integer generation, boolean drifted,
			String driftChecksum, @Nullable Instant driftSince, @Nullable String failure) {
	}

}
