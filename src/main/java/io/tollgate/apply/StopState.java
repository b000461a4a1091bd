package io.tollgate.apply;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whether all ways abroad are withdrawn everywhere, on every portal of one database. */
@Component
@Transactional(readOnly = true)
public class StopState {

	private final JdbcClient jdbc;

	private final VisiblePbxs visible;

	StopState(JdbcClient jdbc, VisiblePbxs visible) {
		this.jdbc = jdbc;
		this.visible = visible;
	}

	/**
	 * The stop that is on, empty for none. Its reason may name any PBX, so people who do
	 * not see all are not told.
	 */
	public Optional<Stop> current() {
		return this.jdbc.sql("select since, stopped_by, reason, run_id from fleet_stop")
			.query((row, number) -> new Stop(row.getObject("since", OffsetDateTime.class).toInstant(),
					row.getString("stopped_by"), this.visible.limited() ? null : row.getString("reason"),
					row.getObject("run_id", UUID.class)))
			.optional();
	}

	/** Whether one is on. */
	public boolean isOn() {
		return current().isPresent();
	}

	/**
	 * Notes that it is on; waits for whoever does so at the same moment. The run is to be
	 * named in the same transaction.
	 * @return false when it was on already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean set(Instant since, String by, @Nullable String reason) {
		return this.jdbc.sql("""
				insert into fleet_stop (id, since, stopped_by, reason) values (1, ?, ?, ?)
				on conflict do nothing""").param(since.atOffset(ZoneOffset.UTC)).param(by).param(reason).update() == 1;
	}

	/** Names the run that brings it to the PBXs. */
	@Transactional(propagation = Propagation.MANDATORY)
	void brings(UUID runId) {
		this.jdbc.sql("update fleet_stop set run_id = ?").param(runId).update();
	}

	/**
	 * Notes that it is over.
	 * @return false when none was on
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean clear() {
		return this.jdbc.sql("delete from fleet_stop").update() == 1;
	}

	/**
	 * A stop.
	 *
	 * @param since when it was asked for
	 * @param by who asked for it
	 * @param reason why, {@code null} when nobody said
	 * @param runId the run that brings it to the PBXs
	 */
	public record Stop(Instant since, String by, @Nullable String reason, UUID runId) {
	}

}
