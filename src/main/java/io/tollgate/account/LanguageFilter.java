package io.tollgate.account;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Which language a request is answered in: the one of the account, else the one chosen in
 * this browser, else what the browser asks for, else English. Every part of the portal
 * asks the request for it, also the filters and pages that come before sign-in.
 */
@Component
class LanguageFilter extends OncePerRequestFilter implements Ordered {

	static final String COOKIE = "tollgate-language";

	/** Before everything that answers. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 5;
	}

	/** Files read the same in every language, and are kept by browsers. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		var path = request.getServletPath();
		return path.startsWith("/assets/") || path.startsWith("/webjars/");
	}

	/** The server hands an error page the request as it came. */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!response.isCommitted()) {
			response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE);
		}
		chain.doFilter(new Spoken(request), response);
	}

	/** Asked late, because who is signed in is known late. */
	private static final class Spoken extends HttpServletRequestWrapper {

		Spoken(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Locale getLocale() {
			return chosen().map(this::asAsked).orElseGet(this::negotiated);
		}

		@Override
		public Enumeration<Locale> getLocales() {
			return Collections.enumeration(List.of(getLocale()));
		}

		private Optional<Language> chosen() {
			var account = Language.of(ofAccount());
			var cookie = WebUtils.getCookie(this, COOKIE);
			return account.isPresent() || cookie == null ? account : Language.of(cookie.getValue());
		}

		private static @Nullable String ofAccount() {
			var session = SecurityContextHolder.getContext().getAuthentication();
			return (session != null && Factors.hasRole(session) && session.getPrincipal() instanceof SignedIn person)
					? person.language() : null;
		}

		/**
		 * With the region that the browser names for it: numbers are written otherwise
		 * there.
		 */
		private Locale asAsked(Language language) {
			return asked().stream()
				.filter((locale) -> Language.of(locale).filter(language::equals).isPresent())
				.findFirst()
				.orElseGet(language::locale);
		}

		private Locale negotiated() {
			return asked().stream()
				.filter((locale) -> Language.of(locale).isPresent())
				.findFirst()
				.orElse(Locale.ENGLISH);
		}

		/** A server has a language too; it is not the reader's. */
		private List<Locale> asked() {
			return (getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) ? Collections.list(super.getLocales()) : List.of();
		}

	}

}
