package io.tollgate.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * A request whose cookies nobody sees: a browser's session is neither used, renewed nor
 * begun by it.
 */
class WithoutSession extends HttpServletRequestWrapper {

	WithoutSession(HttpServletRequest request) {
		super(request);
	}

	@Override
	public Cookie @Nullable [] getCookies() {
		return null;
	}

	@Override
	public @Nullable HttpSession getSession(boolean create) {
		if (create) {
			throw new IllegalStateException("There are no sessions here");
		}
		return null;
	}

	@Override
	public HttpSession getSession() {
		throw new IllegalStateException("There are no sessions here");
	}

}
