package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that was idle for too long, is too old, or whose account is not what it
 * was at sign-in. Asked with every request of somebody who is signed in. What a page asks
 * for by itself, over and over, is no use of the session.
 */
class SessionLimits extends OncePerRequestFilter {

	/** Sent by the portal's script with what nobody pressed a key for. */
	static final String BY_ITSELF = "Tollgate-By-Itself";

	/** On the request: a session has just ended. */
	static final String ENDED = SessionLimits.class.getName() + ".ended";

	private final Sessions sessions;

	SessionLimits(Sessions sessions) {
		this.sessions = sessions;
	}

	/** What is public needs no session, and a page has many pictures. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getServletPath().startsWith("/assets/") || request.getServletPath().startsWith("/webjars/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		var session = request.getSession(false);
		if (session != null && authentication != null && authentication.getPrincipal() instanceof SignedIn person) {
			var use = (SessionUse) session.getAttribute(SessionUse.ATTRIBUTE);
			if (!this.sessions.goesOn(person, use)) {
				session.invalidate();
				SecurityContextHolder.clearContext();
				request.setAttribute(ENDED, true);
			}
			else if (use == null || request.getHeader(BY_ITSELF) == null) {
				var now = this.sessions.used(person, use, request.getRemoteAddr(),
						request.getHeader(HttpHeaders.USER_AGENT));
				if (now != use) {
					session.setAttribute(SessionUse.ATTRIBUTE, now);
				}
			}
		}
		chain.doFilter(request, response);
	}

}
