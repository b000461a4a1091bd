package io.tollgate.account;

import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** Signs in with a password, as far as a password goes. */
class PasswordProvider extends DaoAuthenticationProvider {

	private final Factors factors;

	PasswordProvider(Accounts accounts, Factors factors) {
		super(accounts);
		this.factors = factors;
	}

	@Override
	protected Authentication createSuccessAuthentication(Object principal, Authentication attempt, UserDetails user) {
		var checked = super.createSuccessAuthentication(principal, attempt, user);
		return this.factors.proved(FactorGrantedAuthority.PASSWORD_AUTHORITY, (SignedIn) user, checked.getDetails());
	}

}
