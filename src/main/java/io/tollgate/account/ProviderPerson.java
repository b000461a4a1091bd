package io.tollgate.account;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/**
 * Somebody whom the provider vouches for, with the session that they get. Has no
 * authority itself: it stands for them only until that session takes its place.
 */
final class ProviderPerson extends DefaultOidcUser {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Authentication session;

	private final boolean confirmed;

	ProviderPerson(OidcIdToken token, Authentication session, boolean confirmed) {
		super(List.of(), token);
		this.session = session;
		this.confirmed = confirmed;
	}

	/** What they proved, as every other session in this portal. */
	Authentication session() {
		return this.session;
	}

	/** Whether they were signed in before and confirmed that it is them. */
	boolean confirmed() {
		return this.confirmed;
	}

	/**
	 * What a session of such a person remembers, to sign them out at the provider too.
	 *
	 * @param idToken as it came
	 */
	record Details(String idToken) implements Serializable {

		/** Leaves the token out. */
		@Override
		public String toString() {
			return "ProviderPerson.Details";
		}

	}

}
