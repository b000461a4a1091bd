package io.tollgate.pbx;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface PbxRows extends JpaRepository<PbxRow, Long> {

	List<PbxRow> findAllByOrderByName();

	List<PbxRow> findByPolicyIdOrderByName(long policyId);

	Optional<PbxRow> findByNameIgnoreCase(String name);

	Optional<PbxRow> findByAddress(String address);

	List<PbxRow> findByIdInOrderByName(Collection<Long> ids);

	@Query("select p.id from PbxRow p")
	List<Long> ids();

	/** In the database, so that two changes at once never make the same revision. */
	@Modifying
	@Query("update PbxRow p set p.revision = p.revision + 1 where p.id = ?1")
	int touch(long id);

	/**
	 * Nobody else writes it until the transaction ends. Written as it is, not read for
	 * update: that would also wait for whoever only names it in a row of theirs.
	 */
	@Modifying
	@Query("update PbxRow p set p.revision = p.revision where p.id = ?1")
	int hold(long id);

	/** Notes a change of all. */
	@Modifying
	@Query("update PbxRow p set p.revision = p.revision + 1")
	int touchAll();

}
