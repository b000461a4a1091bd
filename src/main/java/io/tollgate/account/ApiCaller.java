package io.tollgate.account;

import java.util.Set;

import io.tollgate.audit.Scoped;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The principal of a request with an API token.
 *
 * @param tokenId the token's identity
 * @param name its maker and its own name
 * @param groups names of the PBX groups that it is limited to, empty for all PBXs
 */
record ApiCaller(long tokenId, String name, Set<String> groups) implements AuthenticatedPrincipal, Scoped {

	@Override
	public String getName() {
		return this.name;
	}

}
