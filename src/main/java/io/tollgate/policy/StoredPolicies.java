package io.tollgate.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/**
 * Reading goes by plain rows, two queries for any number of policies; writing by the
 * locked entity.
 */
interface StoredPolicies extends JpaRepository<Policy, Long> {

	/** Waits for whoever is changing that policy. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select p from Policy p where p.id = :id")
	Optional<Policy> lock(long id);

	/** For what concerns the policies among each other: names, the last one. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select p from Policy p order by p.id")
	List<Policy> lockAll();

	@Query("""
			select p.id as id, p.name as name, p.homeCountry as homeCountry,
				p.protectionEnabled as protectionEnabled, p.dialingCode as dialingCode, p.revision as revision
			from Policy p order by p.id""")
	List<Head> heads();

	@Query("""
			select p.id as id, p.name as name, p.homeCountry as homeCountry,
				p.protectionEnabled as protectionEnabled, p.dialingCode as dialingCode, p.revision as revision
			from Policy p where p.id = :id""")
	Optional<Head> head(long id);

	@Query("select p.repairsByItself from Policy p where p.id = :id")
	Optional<Boolean> repairsByItself(long id);

	/** Rows of policy id, kind (P, C or E) and value. */
	@Query("""
			select p.id, 'P', x from Policy p join p.internationalPrefixes x where p.id in :ids
			union all select p.id, 'C', x from Policy p join p.allowedCodes x where p.id in :ids
			union all select p.id, 'E', x from Policy p join p.emergencyNumbers x where p.id in :ids""")
	List<Object[]> values(Collection<Long> ids);

	/** A policy without its sets. */
	interface Head {

		long getId();

		String getName();

		String getHomeCountry();

		boolean isProtectionEnabled();

		String getDialingCode();

		long getRevision();

	}

}
