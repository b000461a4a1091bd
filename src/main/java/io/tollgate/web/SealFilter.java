package io.tollgate.web;

import java.io.IOException;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import io.tollgate.keys.SealedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * While the portal is sealed there is one page. Before everything else, sessions and
 * sign-in too, because whatever they do could not be written down in the audit trail.
 */
@Component
class SealFilter extends OncePerRequestFilter implements Ordered {

	/** Says that it is sealed; who may read it is asked as always. */
	private static final String METRICS = "/actuator/prometheus";

	private final Keys keys;

	private final SealPage page;

	SealFilter(Keys keys, SealPage page) {
		this.keys = keys;
		this.page = page;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	/** What the page itself is made of, and what a monitor asks. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		var path = request.getServletPath();
		return path.startsWith("/assets/") || path.startsWith("/webjars/") || path.equals("/actuator/health")
				|| path.startsWith("/actuator/health/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var seal = this.keys.seal();
		if (seal != Seal.OPEN && !request.getServletPath().equals(METRICS)) {
			this.page.answer(seal, request, response);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			// a template, a proxy or another thread puts it into exceptions of its own
			if (!(NestedExceptionUtils.getMostSpecificCause(ex) instanceof SealedException sealed)
					|| response.isCommitted()) {
				throw ex;
			}
			// the key went while the request was under way
			response.reset();
			this.page.answer(sealed.seal(), request, response);
		}
	}

}
