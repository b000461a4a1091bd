package io.tollgate.approval;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface StoredRequests extends JpaRepository<StoredRequest, Long> {

	List<StoredRequest> findByDecisionIsNullAndAskedAtAfterOrderByIdDesc(Instant moment);

	List<StoredRequest> findByDecisionIsNotNullOrderByDecidedAtDescIdDesc(Limit limit);

	List<StoredRequest> findByDecisionIsNullAndAskedAtBefore(Instant moment);

	/** Decides it, unless somebody has: then nothing is updated. */
	@Modifying(flushAutomatically = true, clearAutomatically = true)
	@Query("""
			update StoredRequest r
			set r.decision = ?2, r.decidedAt = ?3, r.decidedBy = ?4, r.remark = ?5, r.result = ?6
			where r.id = ?1 and r.decision is null""")
	int decide(long id, Decision decision, Instant now, String by, @Nullable String remark, @Nullable String result);

}
