package io.tollgate.leak;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface StoredChecks extends JpaRepository<StoredCheck, Long> {

	Optional<StoredCheck> findByPbxIdAndRules(long pbxId, Rules rules);

	List<StoredCheck> findByRules(Rules rules);

	/** All of them without their reports, which can be large. */
	@Query("""
			select new io.tollgate.leak.CheckHead(c.pbxId, c.rules, c.basis, c.version, c.checkedAt, c.validUntil)
			from StoredCheck c""")
	List<CheckHead> heads();

	/** Has those of some PBXs be done again. */
	@Modifying
	@Query("update StoredCheck c set c.basis = '' where c.pbxId in :pbxIds")
	void outdate(Collection<Long> pbxIds);

}
