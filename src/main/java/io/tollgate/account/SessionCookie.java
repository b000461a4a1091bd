package io.tollgate.account;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of a session. Over https it is called {@code __Host-TOLLGATE}, which a
 * browser takes from this very host over https only, so that no neighbor and no plain
 * http can plant one; over http it cannot be more than {@code TOLLGATE}.
 */
class SessionCookie implements CookieSerializer {

	static final String NAME = "TOLLGATE";

	private final CookieSerializer plain = cookie(NAME, false);

	private final CookieSerializer secure = cookie("__Host-" + NAME, true);

	private final boolean alwaysSecure;

	/** With {@code alwaysSecure} there is no session over plain http. */
	SessionCookie(boolean alwaysSecure) {
		this.alwaysSecure = alwaysSecure;
	}

	private static CookieSerializer cookie(String name, boolean secure) {
		var cookie = new DefaultCookieSerializer();
		cookie.setCookieName(name);
		cookie.setUseSecureCookie(secure);
		cookie.setUseHttpOnlyCookie(true);
		// not strict: whoever follows a link from a mail, or comes back from the
		// company's
		// sign-in, is still signed in; what changes something has a token besides
		cookie.setSameSite("Lax");
		cookie.setCookiePath("/");
		cookie.setUseBase64Encoding(false);
		return cookie;
	}

	@Override
	public void writeCookieValue(CookieValue value) {
		cookieFor(value.getRequest()).writeCookieValue(value);
	}

	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return cookieFor(request).readCookieValues(request);
	}

	private CookieSerializer cookieFor(HttpServletRequest request) {
		return (this.alwaysSecure || request.isSecure()) ? this.secure : this.plain;
	}

}
