package io.tollgate.extension;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface GroupRows extends JpaRepository<GroupRow, Long> {

	List<GroupRow> findByPbxId(long pbxId);

	Optional<GroupRow> findByPbxIdAndGroupKey(long pbxId, String groupKey);

	/** Nobody else changes it until the transaction ends. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select g from GroupRow g where g.pbxId = ?1 and g.groupKey = ?2")
	Optional<GroupRow> lock(long pbxId, String groupKey);

}
