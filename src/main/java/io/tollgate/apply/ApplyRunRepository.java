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

	Page<ApplyRun> findAllByOrderByStartedAtDesc(Pageable page);

	/** Those that are about some of these PBXs. */
	@Query("""
			select r from ApplyRun r
			where exists (select 1 from ApplyTarget t where t.runId = r.id and t.pbxId in :pbxIds)
			order by r.startedAt desc""")
	Page<ApplyRun> about(Collection<Long> pbxIds, Pageable page);

	/** Those that have more than one wave and are not at their end. */
	@Query("select r from ApplyRun r where r.finishedAt is null and r.waves > 1 and r.stoppedAt is null")
	List<ApplyRun> staged();

	/** So that of two portals, or of a person and a portal, one comes after the other. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select r from ApplyRun r where r.id = :id")
	Optional<ApplyRun> lock(UUID id);

}
