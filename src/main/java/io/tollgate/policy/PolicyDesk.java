package io.tollgate.policy;

import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Gathers what the pages of a policy have in common. */
@Component
class PolicyDesk {

	private final Policies policies;

	private final PbxRegistry pbxs;

	private final PolicyScope scope;

	PolicyDesk(Policies policies, PbxRegistry pbxs, PolicyScope scope) {
		this.policies = policies;
		this.pbxs = pbxs;
		this.scope = scope;
	}

	/**
	 * The head of that policy's pages.
	 * @param policy {@code null} for the first one
	 * @throws ResponseStatusException 404 without such a policy
	 */
	PolicyHead head(@Nullable Long policy, HttpServletRequest request) {
		var locale = RequestContextUtils.getLocale(request);
		var names = this.policies.names();
		// there is always one, but not for everybody
		var id = (policy != null) ? policy : names.keySet().stream().findFirst().orElseThrow(NotThereException::new);
		var rules = this.policies.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		boolean whole = this.scope.isWhole(id);
		return new PolicyHead(rules, names, this.pbxs.ofPolicy(id).stream().map(Pbx::name).toList(),
				CountryNames.name(rules.homeCountry(), locale), NumberingPlan.of(rules.homeCountry()).dialingCode(),
				mayEdit(request) && whole, mayEdit(request), mayManage(request));
	}

	/** Asking a request for a role does not know that an administrator is an operator. */
	static boolean mayEdit(HttpServletRequest request) {
		return request.isUserInRole("OPERATOR") || mayManage(request);
	}

	static boolean mayManage(HttpServletRequest request) {
		return request.isUserInRole("ADMINISTRATOR");
	}

}
