package io.tollgate.account;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What somebody sent who has to confirm first that it is them. Secrets are never kept:
 * what holds one is typed again.
 *
 * @param what what it does, {@code null} for what only a script can send again
 * @param path where it was sent to, with its query
 * @param fields what was typed; empty when it cannot be sent again
 * @param again whether it can be sent again as it is
 * @param back the page that it was sent from
 */
record KeptRequest(@Nullable Sensitive what, String path, List<Field> fields, boolean again,
		String back) implements Serializable {

	/** The session's attribute. */
	static final String ATTRIBUTE = KeptRequest.class.getName();

	/** More than the longest form has; a session is no place for files. */
	private static final int LONGEST = 200_000;

	private static final Set<String> SECRETS = Set.of("secret", "password");

	/** One field of a form. */
	record Field(String name, String value) implements Serializable {

	}

	static KeptRequest of(HttpServletRequest request) {
		var what = Sensitive.of(request).orElse(null);
		var typed = fields(request.getParameterMap());
		var again = what != null && isForm(request) && !hasSecret(typed) && length(typed) <= LONGEST;
		return new KeptRequest(what, request.getRequestURI(), again ? typed : List.of(), again, back(request));
	}

	private static List<Field> fields(Map<String, String[]> parameters) {
		var fields = new ArrayList<Field>();
		parameters.forEach((name, values) -> {
			for (var value : values) {
				if (!name.equals("_csrf")) {
					fields.add(new Field(name, value));
				}
			}
		});
		return fields;
	}

	private static boolean isForm(HttpServletRequest request) {
		var type = request.getContentType();
		return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
	}

	private static boolean hasSecret(List<Field> typed) {
		return typed.stream()
			.anyMatch((field) -> !field.value().isEmpty()
					&& SECRETS.stream().anyMatch((secret) -> field.name().toLowerCase(Locale.ROOT).contains(secret)));
	}

	private static int length(List<Field> typed) {
		return typed.stream().mapToInt((field) -> field.name().length() + field.value().length()).sum();
	}

	/** Only ever a page of this portal. */
	private static String back(HttpServletRequest request) {
		var referrer = request.getHeader(HttpHeaders.REFERER);
		if (referrer == null) {
			return "/";
		}
		try {
			var page = URI.create(referrer);
			var query = (page.getRawQuery() != null) ? "?" + page.getRawQuery() : "";
			var path = page.getRawPath();
			return (path != null && path.matches("/([^/].*)?")) ? path + query : "/";
		}
		catch (IllegalArgumentException ex) {
			return "/";
		}
	}

	void keepIn(HttpSession session) {
		session.setAttribute(ATTRIBUTE, this);
	}

	static @Nullable KeptRequest in(@Nullable HttpSession session) {
		return (session != null) ? (KeptRequest) session.getAttribute(ATTRIBUTE) : null;
	}

	static void forget(HttpSession session) {
		session.removeAttribute(ATTRIBUTE);
	}

}
