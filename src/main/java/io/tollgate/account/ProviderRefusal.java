package io.tollgate.account;

import java.util.Locale;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Why somebody whom the provider vouches for does not get in. */
enum ProviderRefusal {

	/** No claim leads to a role, or to a PBX. */
	NO_ROLE,
	/** The account is switched off here. */
	DISABLED,
	/** Signed in to the provider too long ago, or it does not say when. */
	NOT_RECENT,
	/** It is another person than the one who is signed in here. */
	ANOTHER,
	/** What the provider sent does not hold, or it cannot be reached. */
	FAILED;

	OAuth2AuthenticationException asException() {
		return new OAuth2AuthenticationException(new OAuth2Error(name()), "The identity provider's person is refused");
	}

	String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static ProviderRefusal of(String code) {
		for (var refusal : values()) {
			if (refusal.name().equals(code) || refusal.code().equals(code)) {
				return refusal;
			}
		}
		return FAILED;
	}

}
