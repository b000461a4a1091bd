package io.tollgate.account;

import java.net.URI;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Switches the language: of this browser, and of the account that is signed in. */
@Controller
class LanguageController {

	static final String PATH = "/language";

	private static final Duration REMEMBERED = Duration.ofDays(365);

	private final OwnAccount accounts;

	LanguageController(OwnAccount accounts) {
		this.accounts = accounts;
	}

	@PostMapping(PATH)
	String choose(@RequestParam String language,
			@RequestHeader(name = HttpHeaders.REFERER, required = false) @Nullable String page,
			@Nullable Authentication me, HttpServletRequest request, HttpServletResponse response) {
		var chosen = Language.of(language).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(LanguageFilter.COOKIE, chosen.code())
					.path("/")
					.maxAge(REMEMBERED)
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Lax")
					.build()
					.toString());
		if (me != null && me.getPrincipal() instanceof SignedIn && Factors.hasRole(me)) {
			this.accounts.speak(me.getName(), chosen);
			this.accounts.refresh(request, response);
		}
		return "redirect:" + back(page, request.getContextPath());
	}

	/** A path of the portal itself, whatever host the browser names. */
	static String back(@Nullable String page, String contextPath) {
		if (page == null) {
			return "/";
		}
		try {
			var address = URI.create(page);
			var path = address.getRawPath();
			if (path == null || !path.startsWith(contextPath + "/")) {
				return "/";
			}
			var local = path.substring(contextPath.length());
			// two slashes would name another host
			return local.startsWith("//") ? "/"
					: (address.getRawQuery() != null) ? local + "?" + address.getRawQuery() : local;
		}
		catch (IllegalArgumentException ex) {
			return "/";
		}
	}

}
