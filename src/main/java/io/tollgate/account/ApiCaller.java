package io.tollgate.account;

import java.util.ArrayList;
import java.util.Set;

import io.tollgate.api.Caller;
import io.tollgate.audit.Scoped;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

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

	/** What the token may be used for, and no more than its maker's role. */
	static Authentication session(ApiToken token) {
		var authorities = new ArrayList<GrantedAuthority>();
		authorities.add(new SimpleGrantedAuthority(token.maker().role().authority()));
		token.scopes().forEach((scope) -> authorities.add(new SimpleGrantedAuthority(scope.authority())));
		return UsernamePasswordAuthenticationToken.authenticated(
				new ApiCaller(token.id(), token.actor(), token.maker().username(), token.effectiveGroups()), null,
				authorities);
	}

	@Override
	public String getName() {
		return this.name;
	}

}
