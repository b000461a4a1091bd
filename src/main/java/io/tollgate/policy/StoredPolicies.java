package io.tollgate.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
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

	/** Of the policies whose PBXs are brought back at once. */
	@Query("select p.id from Policy p where p.repairsByItself = true")
	Set<Long> repairing();

	/**
	 * What is in their sets. In SQL: Hibernate plans a query with a list anew each time,
	 * and this one is asked for with nearly every request. With types: it finds them out
	 * by exceptions otherwise.
	 */
	@NativeQuery(sqlResultSetMapping = Policy.ENTRIES, value = """
			select policy_id, 'P' as kind, prefix as entry
			from policy_international_prefix where policy_id in (:ids)
			union all select policy_id, 'C', calling_code from policy_allowed_code where policy_id in (:ids)
			union all select policy_id, 'E', number from policy_emergency_number where policy_id in (:ids)""")
	List<Entry> entries(Collection<Long> ids);

	/**
	 * One of a policy's sets.
	 *
	 * @param kind P for a prefix, C for a calling code, E for an emergency number
	 */
	record Entry(long policyId, String kind, String entry) {
	}

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
