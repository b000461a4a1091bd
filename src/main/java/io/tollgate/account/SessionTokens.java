package io.tollgate.account;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.session.SessionIdGenerator;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * Gives a browser a token of which the session's id is the hash: whoever reads the
 * database, or an id in a log, cannot go on with anybody's session.
 */
class SessionTokens implements SessionIdGenerator, HttpSessionIdResolver {

	private final CookieSerializer cookie;

	/** Tokens between the making of a session and the answer that brings it. */
	private final Cache<String, String> fresh = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(Duration.ofMinutes(10))
		.build();

	SessionTokens(CookieSerializer cookie) {
		this.cookie = cookie;
	}

	@Override
	public String generate() {
		var token = OneTimeToken.make();
		var id = OneTimeToken.hash(token);
		this.fresh.put(id, token);
		return id;
	}

	@Override
	public List<String> resolveSessionIds(HttpServletRequest request) {
		return this.cookie.readCookieValues(request).stream().map(OneTimeToken::hash).toList();
	}

	@Override
	public void setSessionId(HttpServletRequest request, HttpServletResponse response, String sessionId) {
		var token = this.fresh.getIfPresent(sessionId);
		if (token != null) {
			this.cookie.writeCookieValue(new CookieValue(request, response, token));
			this.fresh.invalidate(sessionId);
		}
	}

	@Override
	public void expireSession(HttpServletRequest request, HttpServletResponse response) {
		this.cookie.writeCookieValue(new CookieValue(request, response, ""));
	}

}
