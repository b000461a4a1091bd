package io.tollgate.account;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** Signs in with a password, as far as a password goes. */
class PasswordProvider extends DaoAuthenticationProvider {

	private final Factors factors;

	private final ProviderAccounts provided;

	PasswordProvider(Accounts accounts, Factors factors, ProviderAccounts provided) {
		super(accounts);
		this.provided = provided;
		this.factors = factors;
	}

	@Override
	protected Authentication createSuccessAuthentication(Object principal, Authentication attempt, UserDetails user) {
		var checked = super.createSuccessAuthentication(principal, attempt, user);
		if (this.provided.owns(user.getUsername())) {
			throw new BadCredentialsException("Signs in with the identity provider only");
		}
		return this.factors.proved(FactorGrantedAuthority.PASSWORD_AUTHORITY, (SignedIn) user, checked.getDetails());
	}

}
