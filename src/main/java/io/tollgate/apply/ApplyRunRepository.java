package io.tollgate.apply;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ApplyRunRepository extends JpaRepository<ApplyRun, UUID> {

	/** Those that are about some of these PBXs. */
	@Query("""
			select r from ApplyRun r
			where exists (select 1 from ApplyTarget t where t.runId = r.id and t.pbxId in :pbxIds)""")
	Page<ApplyRun> about(Collection<Long> pbxIds, Pageable page);

	/**
	 * Those of which somebody who sees these PBXs, or every one, finds it.
	 * @param like how the actor or a PBX is called, in small letters, {@code %} for any
	 * @param running only those that go on
	 * @param failed only those that came to nothing on a PBX
	 */
	@Query("""
			select r from ApplyRun r
			where exists (select 1 from ApplyTarget t where t.runId = r.id
			              and (:every = true or t.pbxId in :pbxIds)
			              and (lower(r.actor) like :like escape '!' or lower(t.pbxName) like :like escape '!'))
			and (:running = false or r.finishedAt is null)
			and (:failed = false or exists (select 1 from ApplyTarget f where f.runId = r.id
			              and (:every = true or f.pbxId in :pbxIds)
			              and (f.outcome = io.tollgate.apply.OutcomeKind.REFUSED
			                   or f.outcome = io.tollgate.apply.OutcomeKind.ROLLED_BACK)))""")
	Page<ApplyRun> found(boolean every, Collection<Long> pbxIds, String like, boolean running, boolean failed,
			Pageable page);

	/** Those that have more than one wave and are not at their end. */
	@Query("select r from ApplyRun r where r.finishedAt is null and r.waves > 1 and r.stoppedAt is null")
	List<ApplyRun> staged();

	/** So that of two portals, or of a person and a portal, one comes after the other. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select r from ApplyRun r where r.id = :id")
	Optional<ApplyRun> lock(UUID id);

}
