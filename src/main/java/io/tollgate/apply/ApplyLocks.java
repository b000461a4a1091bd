package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * One apply at a time on a PBX, over all portals on one database: the row is the lock.
 */
@Component
class ApplyLocks {

	/**
	 * Longer than an apply with all its deadlines; a lock that is older belongs to a
	 * portal that died.
	 */
	static final Duration LIFETIME = Duration.ofMinutes(3);

	private final JdbcClient jdbc;

	private final Clock clock;

	ApplyLocks(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Takes the lock of a PBX, or says that somebody has it. */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean take(long pbxId, UUID runId) {
		var now = Instant.now(this.clock);
		this.jdbc.sql("delete from apply_lock where pbx_id = ? and expires_at < ?")
			.params(pbxId, now.atOffset(ZoneOffset.UTC))
			.update();
		return this.jdbc
			.sql("insert into apply_lock (pbx_id, run_id, expires_at) values (?, ?, ?) on conflict do nothing")
			.params(pbxId, runId, now.plus(LIFETIME).atOffset(ZoneOffset.UTC))
			.update() == 1;
	}

	@Transactional
	void release(long pbxId, UUID runId) {
		this.jdbc.sql("delete from apply_lock where pbx_id = ? and run_id = ?").params(pbxId, runId).update();
	}

	/** PBXs that an apply is at work on. */
	@Transactional(readOnly = true)
	Collection<Long> held() {
		return this.jdbc.sql("select pbx_id from apply_lock where expires_at >= ?")
			.param(Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.list();
	}

	/** Runs that still hold a lock. */
	@Transactional(readOnly = true)
	List<UUID> runs() {
		return this.jdbc.sql("select distinct run_id from apply_lock where expires_at >= ?")
			.param(Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.query(UUID.class)
			.list();
	}

}
