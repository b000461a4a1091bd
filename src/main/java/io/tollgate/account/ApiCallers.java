package io.tollgate.account;

import java.util.Optional;

import io.tollgate.api.CallerCheck;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Looks at tokens again whose request is still answered. */
@Component
class ApiCallers implements CallerCheck {

	private final ApiTokens tokens;

	ApiCallers(ApiTokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public Optional<Authentication> now(Authentication asked) {
		return (asked.getPrincipal() instanceof ApiCaller caller)
				? this.tokens.working(caller.tokenId()).map(ApiCaller::session) : Optional.empty();
	}

}
