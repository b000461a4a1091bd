package io.tollgate.leak;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface StoredChecks extends JpaRepository<StoredCheck, Long> {

	Optional<StoredCheck> findByPbxIdAndRules(long pbxId, Rules rules);

	List<StoredCheck> findByRules(Rules rules);

	/** All of them without their reports, which can be large. */
	@Query("select c.pbxId as pbxId, c.rules as rules, c.basis as basis, c.version as version, "
			+ "c.checkedAt as checkedAt from StoredCheck c")
	List<Head> heads();

	/** Has all of them be done again. */
	@Modifying
	@Query("update StoredCheck c set c.basis = ''")
	void outdate();

	/** The same for one PBX. */
	@Modifying
	@Query("update StoredCheck c set c.basis = '' where c.pbxId = :pbxId")
	void outdate(long pbxId);

	/** Of which rules a check was. */
	interface Head {

		long getPbxId();

		Rules getRules();

		String getBasis();

		String getVersion();

		Instant getCheckedAt();

	}

}
