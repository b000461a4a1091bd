package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.FactorAuthorizationDecision;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * What happens to a request that may not pass: to sign-in (before the first account: to
 * set-up), to what is still missing after the password, to a confirmation that it is you,
 * or the 403 page. htmx is told to go there too, instead of putting the page into a row.
 */
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

	private final Accounts accounts;

	private final Factors factors;

	private final RequestCache pages;

	/**
	 * How to answer.
	 * @param pages keeps what was asked for until the sign-in is complete
	 */
	Refusals(Accounts accounts, Factors factors, RequestCache pages) {
		this.accounts = accounts;
		this.factors = factors;
		this.pages = pages;
	}

	static boolean isHtmx(HttpServletRequest request) {
		return "true".equals(request.getHeader("HX-Request"));
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		var ended = request.getAttribute(SessionLimits.ENDED) != null;
		send(this.accounts.none() ? "/set-up" : (ended ? "/sign-in?ended" : "/sign-in"), request, response);
	}

	private static void send(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
		var target = request.getContextPath() + path;
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
		if (this.factors.missing(SecurityContextHolder.getContext().getAuthentication()) != null) {
			this.pages.saveRequest(request, response);
			send(SecondStepController.PATH, request, response);
			return;
		}
		if (cause instanceof AuthorizationDeniedException denied
				&& denied.getAuthorizationResult() instanceof FactorAuthorizationDecision) {
			KeptRequest.of(request).keepIn(request.getSession());
			send(ConfirmController.PATH, request, response);
			return;
		}
		request.setAttribute(WebAttributes.ACCESS_DENIED_403, cause);
		response.sendError(HttpServletResponse.SC_FORBIDDEN);
	}

}
