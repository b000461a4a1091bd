package io.tollgate.apply;

import java.util.Collection;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * One apply at a time on a PBX, over all portals on one database: the row is the claim.
 * It has no end of its own, as its job is taken over when its portal dies.
 */
@Component
class ApplyClaims {

	private final JdbcClient jdbc;

	ApplyClaims(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Claims a PBX for a run, or says that another run has it. */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean take(long pbxId, UUID runId) {
		return this.jdbc.sql("insert into apply_claim (pbx_id, run_id) values (?, ?) on conflict do nothing")
			.params(pbxId, runId)
			.update() == 1
				|| this.jdbc.sql("select count(*) from apply_claim where pbx_id = ? and run_id = ?")
					.params(pbxId, runId)
					.query(Integer.class)
					.single() == 1;
	}

	/** Takes a PBX away from every other run. */
	@Transactional(propagation = Propagation.MANDATORY)
	void seize(long pbxId, UUID runId) {
		this.jdbc.sql("delete from apply_claim where pbx_id = ? and run_id <> ?").params(pbxId, runId).update();
	}

	/** Ends the claims of those that have nothing left to do there. */
	@Transactional(propagation = Propagation.MANDATORY)
	void releaseIdle(Collection<Long> pbxIds) {
		this.jdbc.sql("""
				delete from apply_claim
				where pbx_id in (:pbxs) and not exists (
				    select 1 from apply_target t
				    where t.pbx_id = apply_claim.pbx_id and t.run_id = apply_claim.run_id and t.outcome is null)""")
			.param("pbxs", pbxIds)
			.update();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void release(long pbxId, UUID runId) {
		this.jdbc.sql("delete from apply_claim where pbx_id = ? and run_id = ?").params(pbxId, runId).update();
	}

	/** Releases what a run has claimed and will not begin any more. */
	@Transactional(propagation = Propagation.MANDATORY)
	void releaseEnded(UUID runId) {
		this.jdbc.sql("""
				delete from apply_claim
				where run_id = ? and pbx_id not in (
				    select t.pbx_id from apply_target t
				    where t.run_id = ? and t.outcome is null and t.pbx_id is not null)""")
			.params(runId, runId)
			.update();
	}

	/** Whether an apply is at work on that PBX. */
	@Transactional(readOnly = true)
	boolean isHeld(long pbxId) {
		return this.jdbc.sql("select count(*) from apply_claim where pbx_id = ?")
			.param(pbxId)
			.query(Integer.class)
			.single() > 0;
	}

	/** PBXs that an apply is at work on. */
	@Transactional(readOnly = true)
	Collection<Long> held() {
		return this.jdbc.sql("select pbx_id from apply_claim").query(Long.class).list();
	}

}
