package io.tollgate.api;

import java.util.Optional;

import org.springframework.security.core.Authentication;

/** For answers that take so long that their token may end before they do. */
public interface CallerCheck {

	/**
	 * What the token that sent a request is now.
	 * @param asked as it was when the request came
	 * @return nothing if it does not work any more
	 */
	Optional<Authentication> now(Authentication asked);

}
