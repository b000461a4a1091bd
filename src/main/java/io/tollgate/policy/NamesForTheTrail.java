package io.tollgate.policy;

import io.tollgate.pbx.PolicyNames;
import org.springframework.stereotype.Component;

/** Tells the registry below what a policy is called. */
@Component
class NamesForTheTrail implements PolicyNames {

	private final StoredPolicies stored;

	NamesForTheTrail(StoredPolicies stored) {
		this.stored = stored;
	}

	@Override
	public String name(long policyId) {
		return this.stored.head(policyId).map(StoredPolicies.Head::getName).orElse("number " + policyId);
	}

}
