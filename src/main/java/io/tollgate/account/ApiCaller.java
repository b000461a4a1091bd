package io.tollgate.account;

import java.util.Set;

import io.tollgate.api.Caller;
import io.tollgate.audit.Scoped;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The principal of a request with an API token.
 *
 * @param tokenId the token's identity
 * @param name its maker and its own name
 * @param account its maker
 * @param groups names of the PBX groups that it is limited to, empty for all PBXs
 */
record ApiCaller(long tokenId, String name, String account,
		Set<String> groups) implements AuthenticatedPrincipal, Caller, Scoped {

	@Override
	public String getName() {
		return this.name;
	}

}
