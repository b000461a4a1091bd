package io.tollgate.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import io.tollgate.audit.Verification.BadRow;
import io.tollgate.audit.Verification.Fault;
import io.tollgate.audit.Verification.Misfit;
import io.tollgate.audit.Verification.MisfitFault;
import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the trail be verified: when somebody asks, and every day. What is wanted and how
 * far it is stands in the database, so that whichever portal begins, all show it, and
 * when it dies another begins again.
 */
@Component
class Verifications {

	private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

	/** A worker that says nothing for that long is gone. */
	private static final Duration DEAD = Duration.ofSeconds(30);

	private static final Duration BEAT = Duration.ofMillis(500);

	private final String worker = UUID.randomUUID().toString();

	private final JdbcClient jdbc;

	private final Verifier verifier;

	private final AuditRows rows;

	private final Keys keys;

	private final Duration every;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Verifications(JdbcClient jdbc, Verifier verifier, AuditRows rows, Keys keys, AuditProperties properties,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.verifier = verifier;
		this.rows = rows;
		this.keys = keys;
		this.every = properties.verifyEvery();
		this.events = events;
		this.clock = clock;
	}

	/** Asks for it; who asks while it is at work gets that one. */
	void want(String by) {
		this.jdbc.sql("""
				update audit_verification set wanted_by = ?, checked = 0, total = ?
				where id = 1 and wanted_by is null""").param(by).param(this.rows.head().id()).update();
	}

	/** How far it is, and what the last one found. */
	State state() {
		return this.jdbc.sql("select * from audit_verification where id = 1")
			.query((row, number) -> new State(row.getString("wanted_by") != null, row.getLong("checked"),
					row.getLong("total"), last(row)))
			.single();
	}

	@Scheduled(initialDelayString = "${tollgate.audit.look:2s}", fixedDelayString = "${tollgate.audit.look:2s}")
	void work() {
		if (this.keys.seal() != Seal.OPEN) {
			return;
		}
		wantEveryDay();
		if (claim()) {
			var found = this.verifier.verify(this::beat);
			if (!found.isIntact()) {
				// before it is noted: who dies in between verifies again, and tells again
				this.events.publishEvent(TrailBroken.of(found));
			}
			finish(found);
			if (!found.isIntact()) {
				LOG.error("The audit trail is not intact: {}, {}", found.bad(), found.misfit());
			}
		}
	}

	private void wantEveryDay() {
		if (this.every.isPositive() && state().last()
			.filter((last) -> last.at().isAfter(Instant.now(this.clock).minus(this.every)))
			.isEmpty()) {
			want(CurrentActor.SYSTEM);
		}
	}

	private boolean claim() {
		var now = Instant.now(this.clock);
		return this.jdbc.sql("""
				update audit_verification set worker = :worker, beat_at = :now, checked = 0, total = :total
				where id = 1 and wanted_by is not null and (worker is null or beat_at < :dead)""")
			.param("worker", this.worker)
			.param("now", Timestamp.from(now))
			.param("dead", Timestamp.from(now.minus(DEAD)))
			.param("total", this.rows.head().id())
			.update() == 1;
	}

	private void beat(long row) {
		var now = Instant.now(this.clock);
		this.jdbc.sql("""
				update audit_verification set beat_at = :now, checked = :row
				where id = 1 and worker = :worker and beat_at < :before""")
			.param("now", Timestamp.from(now))
			.param("before", Timestamp.from(now.minus(BEAT)))
			.param("row", row)
			.param("worker", this.worker)
			.update();
	}

	private void finish(Verification found) {
		var bad = found.bad();
		var misfit = found.misfit();
		this.jdbc.sql("""
				update audit_verification
				set wanted_by = null, worker = null, finished_at = :at, good_rows = :rows, checkpoints = :checkpoints,
				    fault = :fault, fault_row = :row, fault_other = :other,
				    misfit = :misfit, misfit_row = :misfitRow, misfit_at = :misfitAt
				where id = 1 and worker = :worker""")
			.param("at", Timestamp.from(found.at()))
			.param("rows", found.rows())
			.param("checkpoints", found.checkpoints())
			.param("fault", (bad != null) ? bad.fault().name() : null)
			.param("row", (bad != null) ? bad.row() : null)
			.param("other", (bad != null) ? bad.other() : null)
			.param("misfit", (misfit != null) ? misfit.fault().name() : null)
			.param("misfitRow", (misfit != null) ? misfit.row() : null)
			.param("misfitAt", (misfit != null) ? Timestamp.from(misfit.at()) : null)
			.param("worker", this.worker)
			.update();
	}

	private static Optional<Verification> last(ResultSet row) throws SQLException {
		var at = row.getObject("finished_at", OffsetDateTime.class);
		if (at == null) {
			return Optional.empty();
		}
		var fault = row.getString("fault");
		var misfit = row.getString("misfit");
		return Optional.of(new Verification(at.toInstant(), row.getLong("good_rows"), row.getInt("checkpoints"),
				(fault != null) ? new BadRow(Fault.valueOf(fault), row.getLong("fault_row"), other(row)) : null,
				(misfit != null) ? new Misfit(MisfitFault.valueOf(misfit), row.getLong("misfit_row"),
						row.getObject("misfit_at", OffsetDateTime.class).toInstant()) : null));
	}

	private static @Nullable Long other(ResultSet row) throws SQLException {
		return row.getObject("fault_other", Long.class);
	}

	/**
	 * How far verifying is.
	 *
	 * @param wanted whether one is at work or about to be
	 * @param checked the row that it has come to
	 * @param total the last row when it began
	 * @param last what the last one found
	 */
	record State(boolean wanted, long checked, long total, Optional<Verification> last) {

	}

}
