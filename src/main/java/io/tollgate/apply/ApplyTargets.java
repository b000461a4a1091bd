package io.tollgate.apply;

import java.util.List;
import java.util.UUID;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ApplyTargets extends JpaRepository<ApplyTarget, Long> {

	List<ApplyTarget> findByRunIdOrderByPbxNameAsc(UUID runId);

	List<ApplyTarget> findByRunIdInOrderByPbxNameAsc(List<UUID> runIds);

	/** How the latest apply on each PBX ended. */
	@Query("""
			select new io.tollgate.apply.LatestOutcome(t.pbxId, t.outcome)
			from ApplyTarget t
			where t.pbxId is not null and t.id = (select max(u.id) from ApplyTarget u where u.pbxId = t.pbxId)""")
	List<LatestOutcome> latest();

}
