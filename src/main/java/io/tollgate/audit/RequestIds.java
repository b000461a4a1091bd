package io.tollgate.audit;

import java.io.IOException;
import java.util.UUID;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id of its own, by which its answer, its lines in the log and its
 * rows of the trail are found together. One that a client sends is not looked at: it
 * could be somebody else's.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIds extends OncePerRequestFilter {

	static final String ATTRIBUTE = RequestIds.class.getName() + ".id";

	private static final String HEADER = "X-Request-Id";

	private static final String LOGGED = "request";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var id = (request.getAttribute(ATTRIBUTE) instanceof String given) ? given : fresh();
		request.setAttribute(ATTRIBUTE, id);
		response.setHeader(HEADER, id);
		MDC.put(LOGGED, id);
		try {
			chain.doFilter(request, response);
		}
		finally {
			MDC.remove(LOGGED);
		}
	}

	private static String fresh() {
		return UUID.randomUUID().toString().replace("-", "");
	}

	/** The error page is part of the request that failed. */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

}
