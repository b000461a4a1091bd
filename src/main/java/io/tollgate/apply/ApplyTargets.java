package io.tollgate.apply;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ApplyTargets extends JpaRepository<ApplyTarget, Long> {

	List<ApplyTarget> findByRunIdOrderByPbxNameAsc(UUID runId);

	List<ApplyTarget> findByRunIdInOrderByPbxNameAsc(List<UUID> runIds);

	Optional<ApplyTarget> findFirstByPbxIdOrderByIdDesc(long pbxId);

	/** How the latest apply on each PBX ended. */
	@Query("""
			select t.pbxId as pbxId, t.outcome as outcome, t.runId as runId
			from ApplyTarget t
			where t.pbxId is not null and t.id = (select max(u.id) from ApplyTarget u where u.pbxId = t.pbxId)""")
	List<Latest> latest();

	/** The end of a PBX's latest apply. */
	interface Latest {

		long getPbxId();

		OutcomeKind getOutcome();

		UUID getRunId();

	}

}
