package io.tollgate.extension;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

interface GroupRows extends JpaRepository<GroupRow, Long> {

	List<GroupRow> findByPbxId(long pbxId);

	Optional<GroupRow> findByPbxIdAndGroupKey(long pbxId, String groupKey);

}
