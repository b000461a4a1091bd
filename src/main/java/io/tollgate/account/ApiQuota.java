package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How many requests a token has left, in every answer, as the draft "RateLimit header
 * fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-10) writes it.
 */
class ApiQuota extends OncePerRequestFilter {

	private static final String POLICY = "token";

	private final ApiLimits limits;

	private final ApiProblems problems;

	ApiQuota(ApiLimits limits, ApiProblems problems) {
		this.limits = limits;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || !(authentication.getPrincipal() instanceof ApiCaller caller)) {
			chain.doFilter(request, response);
			return;
		}
		var probe = this.limits.take(caller.tokenId());
		response.setHeader("RateLimit-Policy",
				"\"%s\";q=%d;w=%d".formatted(POLICY, this.limits.quota(), ApiLimits.WINDOW.toSeconds()));
		response.setHeader("RateLimit", "\"%s\";r=%d;t=%d".formatted(POLICY, probe.getRemainingTokens(),
				ApiLimits.seconds(probe.getNanosToWaitForReset())));
		if (!probe.isConsumed()) {
			this.problems.tooMany(request, response, ApiLimits.seconds(probe.getNanosToWaitForRefill()), POLICY);
			return;
		}
		chain.doFilter(request, response);
	}

}
