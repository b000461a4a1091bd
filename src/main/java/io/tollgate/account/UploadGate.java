package io.tollgate.account;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses files before a byte of them is kept: large ones go to the few pages that take
 * them, from somebody who is signed in. It stands before whatever reads a field of a
 * form, as that reads the whole of it.
 */
class UploadGate extends OncePerRequestFilter {

	private static final long USUAL = 1_100_000;

	/** Pages that take more, and how many bytes. */
	private static final Map<String, Long> LARGE = Map.of("/extensions/import", 33L * 1024 * 1024, "/policies/import",
			13L * 1024 * 1024, "/routes/import", 33L * 1024 * 1024);

	/** Others have no body, or one that is not kept in files. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		var type = request.getContentType();
		return type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length < 0 || length > most(request)) {
			response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
			return;
		}
		chain.doFilter(request, response);
	}

	private static long most(HttpServletRequest request) {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		boolean somebody = authentication != null && authentication.getPrincipal() instanceof SignedIn;
		return somebody ? LARGE.getOrDefault(request.getServletPath(), USUAL) : USUAL;
	}

}
