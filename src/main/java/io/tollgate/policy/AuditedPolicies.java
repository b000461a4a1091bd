package io.tollgate.policy;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditPages;

import org.springframework.stereotype.Component;

/** Where the audit log leads to for a policy. */
@Component
class AuditedPolicies implements AuditPages {

	private final Policies policies;

	AuditedPolicies(Policies policies) {
		this.policies = policies;
	}

	@Override
	public String type() {
		return "policy";
	}

	@Override
	public Map<String, String> of(Collection<String> ids) {
		return this.policies.all()
			.stream()
			.map((policy) -> String.valueOf(policy.id()))
			.filter(ids::contains)
			.collect(Collectors.toMap((id) -> id, (id) -> PolicySettingsController.PATH + "?policy=" + id));
	}

}
