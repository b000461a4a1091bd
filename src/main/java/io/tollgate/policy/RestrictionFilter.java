package io.tollgate.policy;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * What of the number restrictions is asked for. Bound from the query string; what it does
 * not understand counts as not given.
 *
 * @param q digits or words
 * @param page counted from 0
 */
record RestrictionFilter(String q, int page) {

	static final String PATH = "/security/number-restrictions";

	private static final int LONGEST_QUERY = 80;

	private static final int LAST_PAGE = 1000;

	static RestrictionFilter of(@Nullable String q, @Nullable String page) {
		var asked = (q != null) ? q.strip() : "";
		return new RestrictionFilter(asked.substring(0, Math.min(asked.length(), LONGEST_QUERY)),
				(page != null && page.matches("[0-9]{1,4}")) ? Math.min(Integer.parseInt(page), LAST_PAGE) : 0);
	}

	RestrictionFilter at(int otherPage) {
		return new RestrictionFilter(this.q, otherPage);
	}

	/** The address of that list, with only what differs from the usual. */
	String url(long policy) {
		var url = UriComponentsBuilder.fromPath(PATH).queryParam("policy", policy);
		if (!this.q.isEmpty()) {
			url.queryParam("q", "{q}");
		}
		if (this.page > 0) {
			url.queryParam("page", this.page);
		}
		return url.encode().buildAndExpand(this.q).toUriString();
	}

}
