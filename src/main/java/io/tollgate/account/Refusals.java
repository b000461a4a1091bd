package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * What happens to a request that may not pass: to sign-in (before the first account: to
 * set-up), or the 403 page. htmx is told to go there too, instead of putting the page
 * into a row.
 */
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

	private final Accounts accounts;

	Refusals(Accounts accounts) {
		this.accounts = accounts;
	}

	static boolean isHtmx(HttpServletRequest request) {
		return "true".equals(request.getHeader("HX-Request"));
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		var ended = request.getAttribute(SessionLimits.ENDED) != null;
		var target = request.getContextPath()
				+ (this.accounts.none() ? "/set-up" : (ended ? "/sign-in?ended" : "/sign-in"));
		if (isHtmx(request)) {
			response.setHeader("HX-Redirect", target);
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
			return;
		}
		response.sendRedirect(target);
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
		request.setAttribute(WebAttributes.ACCESS_DENIED_403, cause);
		response.sendError(HttpServletResponse.SC_FORBIDDEN);
	}

}
