package io.tollgate.policy;

import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * What of the policies there is for somebody who is limited to some PBXs: they see a
 * policy that serves one of them, and change it when it serves no other PBX. A policy
 * that serves none is seen by those alone who may assign it.
 */
@Component
public class PolicyScope {

	private final PbxRegistry pbxs;

	private final VisiblePbxs visible;

	PolicyScope(PbxRegistry pbxs, VisiblePbxs visible) {
		this.pbxs = pbxs;
		this.visible = visible;
	}

	/** Those of these whose policy is seen. */
	<T> List<T> seen(List<T> all, ToLongFunction<T> policyId) {
		if (!this.visible.limited()) {
			return all;
		}
		Set<Long> served = this.pbxs.all().stream().map(Pbx::policyId).collect(Collectors.toSet());
		return all.stream().filter((each) -> served.contains(policyId.applyAsLong(each))).toList();
	}

	/** Whether that policy is seen. */
	boolean sees(long policyId) {
		return !this.visible.limited() || !this.pbxs.ofPolicy(policyId).isEmpty();
	}

	/** Whether whoever asks sees every PBX that a policy serves. */
	public boolean isWhole(long policyId) {
		return !this.visible.limited() || this.visible.hasAll(this.pbxs.servedBy(policyId));
	}

	/**
	 * For a change of a policy.
	 * @throws NotThereException when whoever asks does not see it
	 * @throws AccessDeniedException when it also serves PBXs that they do not see
	 */
	void requireEditable(long policyId) {
		if (!sees(policyId)) {
			throw new NotThereException();
		}
		if (!isWhole(policyId)) {
			throw new AccessDeniedException("the policy serves other PBXs, too");
		}
	}

	/** For what is about all policies. */
	void requireUnlimited() {
		this.visible.requireUnlimited();
	}

}
