package io.tollgate.account;

import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthenticationRequestToken;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;

/**
 * Signs in with a passkey, alone or after the password. In place of Spring Security's,
 * which knows neither disabled accounts nor our principal. No bean: Spring Security would
 * make it the one way to sign in.
 */
class PasskeyProvider implements AuthenticationProvider {

	private final WebAuthnRelyingPartyOperations ceremonies;

	private final Accounts accounts;

	private final Factors factors;

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	PasskeyProvider(WebAuthnRelyingPartyOperations ceremonies, Accounts accounts, Factors factors) {
		this.ceremonies = ceremonies;
		this.accounts = accounts;
		this.factors = factors;
	}

	@Override
	public Authentication authenticate(Authentication attempt) throws AuthenticationException {
		var request = (WebAuthnAuthenticationRequestToken) attempt;
		var account = this.accounts.loadUserByUsername(owner(request));
		new AccountStatusUserDetailsChecker().check(account);
		var session = SecurityContextHolder.getContext().getAuthentication();
		if (this.trust.isAuthenticated(session) && !session.getName().equals(account.getUsername())) {
			throw new BadCredentialsException("The passkey is another person's");
		}
		return this.factors.proved(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, account, attempt.getDetails());
	}

	/** Whatever is wrong with what a browser sends, it is no passkey. */
	private String owner(WebAuthnAuthenticationRequestToken request) {
		try {
			return this.ceremonies.authenticate(request.getWebAuthnRequest()).getName();
		}
		catch (RuntimeException ex) {
			throw new BadCredentialsException("No passkey of this portal", ex);
		}
	}

	@Override
	public boolean supports(Class<?> attempt) {
		return WebAuthnAuthenticationRequestToken.class.isAssignableFrom(attempt);
	}

}
