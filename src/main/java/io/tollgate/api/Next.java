package io.tollgate.api;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where the next part of a long list is. */
public final class Next {

	private Next() {
	}

	/**
	 * The path of what was asked for, with the same filter, from another place on.
	 * @param parameter what says the place
	 */
	public static String path(HttpServletRequest request, String parameter, long place) {
		return ServletUriComponentsBuilder.fromRequestUri(request)
			.query(request.getQueryString())
			.replaceQueryParam(parameter, place)
			.scheme(null)
			.host(null)
			.port(null)
			.build(true)
			.toUriString();
	}

}
