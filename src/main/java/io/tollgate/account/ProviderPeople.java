package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * From a checked ID token to a session of this portal. Only the token's own claims count:
 * they are signed.
 */
@Component
class ProviderPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

	/** How old a sign-in at the provider may be. */
	static final Duration LONGEST = Duration.ofHours(8);

	/** How old it may be when somebody was asked again just now. */
	static final Duration JUST_NOW = Duration.ofMinutes(3);

	private final ProviderAccounts provided;

	private final Accounts accounts;

	private final Factors factors;

	private final Clock clock;

	ProviderPeople(ProviderAccounts provided, Accounts accounts, Factors factors, Clock clock) {
		this.provided = provided;
		this.accounts = accounts;
		this.factors = factors;
		this.clock = clock;
	}

	@Override
	public OidcUser loadUser(OidcUserRequest request) {
		var token = request.getIdToken();
		var before = SecurityContextHolder.getContext().getAuthentication();
		var signedIn = (before != null && Factors.hasRole(before)) ? before.getName() : null;
		var confirms = signedIn != null;
		var authenticated = token.getAuthenticatedAt();
		check(authenticated, confirms);
		var settled = this.provided.settle(token);
		if (settled.username() == null) {
			throw ((settled.refusal() != null) ? settled.refusal() : ProviderRefusal.FAILED).asException();
		}
		if (confirms && !settled.username().equals(signedIn)) {
			throw ProviderRefusal.ANOTHER.asException();
		}
		return new ProviderPerson(token, session(settled.username(), authenticated, token.getTokenValue()), confirms);
	}

	/**
	 * Whom the provider let in hours ago may read, but has to be asked again before more.
	 */
	private Authentication session(String username, @Nullable Instant authenticated, String token) {
		var now = Instant.now(this.clock);
		var since = (authenticated == null) ? Instant.EPOCH : authenticated.isAfter(now) ? now : authenticated;
		return this.factors.proved(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY,
				this.accounts.loadUserByUsername(username), new ProviderPerson.Details(token), since);
	}

	private void check(@Nullable Instant authenticated, boolean confirms) {
		var longest = confirms ? JUST_NOW : LONGEST.plus(JUST_NOW);
		if ((authenticated != null) ? authenticated.isBefore(Instant.now(this.clock).minus(longest)) : confirms) {
			throw ProviderRefusal.NOT_RECENT.asException();
		}
	}

}
