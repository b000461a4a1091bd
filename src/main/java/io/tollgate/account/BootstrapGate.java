package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody try bootstrap tokens faster than passwords. */
class BootstrapGate extends OncePerRequestFilter {

	static final RequestMatcher ROUTE = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, BootstrapApi.PATH);

	private final SignInThrottle throttle;

	private final ApiProblems problems;

	BootstrapGate(SignInThrottle throttle, ApiProblems problems) {
		this.throttle = throttle;
		this.problems = problems;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !ROUTE.matches(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		// a name that no account can have
		var wait = this.throttle.begin(BootstrapToken.ACTOR, request.getRemoteAddr());
		if (!wait.isZero()) {
			this.problems.tooMany(request, response, ApiLimits.seconds(wait.toNanos()), "refused");
			return;
		}
		chain.doFilter(request, response);
		if (response.getStatus() != HttpStatus.UNAUTHORIZED.value()) {
			this.throttle.giveBack(BootstrapToken.ACTOR, request.getRemoteAddr());
		}
	}

}
