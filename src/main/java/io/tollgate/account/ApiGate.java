package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before a token is looked at: an address whose tokens are refused has to wait, and a
 * session stays outside.
 */
class ApiGate extends OncePerRequestFilter {

	private final ApiLimits limits;

	private final ApiProblems problems;

	ApiGate(ApiLimits limits, ApiProblems problems) {
		this.limits = limits;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var address = request.getRemoteAddr();
		var wait = this.limits.wait(address);
		if (!wait.isZero()) {
			this.problems.tooMany(request, response, ApiLimits.seconds(wait.toNanos()), "refused");
			return;
		}
		chain.doFilter(new WithoutSession(request), response);
		if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
			this.limits.refused(address);
		}
	}

}
