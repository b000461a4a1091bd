package io.tollgate.policy;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredExemptions extends JpaRepository<StoredExemption, Long> {

	List<StoredExemption> findByPbxIdInOrderByExtensionAscTargetAsc(Collection<Long> pbxIds);

}
