package io.tollgate.policy;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredRestrictions extends JpaRepository<StoredRestriction, Long> {

	List<StoredRestriction> findByPolicyIdOrderByEntry(long policyId);

	List<StoredRestriction> findByPolicyIdInOrderByEntry(Collection<Long> policyIds);

}
