package io.tollgate.account;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody try passwords faster than {@link SignInThrottle} has it. */
class SignInGate extends OncePerRequestFilter {

	/** On the request: how many seconds to wait. */
	static final String WAIT = "wait";

	private static final RequestMatcher SIGN_IN = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, "/sign-in");

	private static final RequestMatcher CONFIRMATION = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, ConfirmController.PATH);

	private final SignInThrottle throttle;

	SignInGate(SignInThrottle throttle) {
		this.throttle = throttle;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !SIGN_IN.matches(request) && !CONFIRMATION.matches(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var wait = this.throttle.begin(username(request), request.getRemoteAddr());
		if (wait.isZero()) {
			chain.doFilter(request, response);
		}
		else if (SIGN_IN.matches(request)) {
			refuse(request, response, HttpStatus.TOO_MANY_REQUESTS, wait);
		}
		else {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1));
			response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
		}
	}

	/** Whoever took over a session must not try passwords in it either. */
	private static String username(HttpServletRequest request) {
		var session = SecurityContextHolder.getContext().getAuthentication();
		if (CONFIRMATION.matches(request) && session != null) {
			return session.getName();
		}
		var typed = request.getParameter("username");
		return (typed != null) ? typed : "";
	}

	/** Shows the sign-in page, which says how long to wait. */
	static void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, Duration wait)
			throws ServletException, IOException {
		long seconds = wait.toSeconds() + 1;
		response.setStatus(status.value());
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
		request.setAttribute(WAIT, seconds);
		request.getRequestDispatcher("/sign-in/refused").forward(request, response);
	}

}
