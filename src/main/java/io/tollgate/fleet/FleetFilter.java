package io.tollgate.fleet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which PBXs the list shows, and in which order: all of it stands in the address.
 *
 * @param q text that a PBX must hold; empty for no search
 * @param status as in {@link FleetRow#state()}; empty for all
 * @param sort the column
 * @param descending the other way round
 * @param page counted from 0
 */
record FleetFilter(String q, String status, Sort sort, boolean descending, int page) {

	static final String PATH = "/pbxs";

	/** Whatever cannot be meant is left out, as a list is better than an error. */
	static FleetFilter of(String q, String status, String sort, String dir, int page) {
		var column = Arrays.stream(Sort.values())
			.filter((each) -> each.word().equals(sort))
			.findFirst()
			.orElse(Sort.PBX);
		return new FleetFilter(q, status, column, dir.equals("desc"), Math.max(0, page));
	}

	FleetFilter with(String state) {
		return new FleetFilter(this.q, state, this.sort, this.descending, 0);
	}

	FleetFilter at(int other) {
		return new FleetFilter(this.q, this.status, this.sort, this.descending, other);
	}

	/** By that column; by the same one the other way round. */
	FleetFilter by(Sort column) {
		return new FleetFilter(this.q, this.status, column, this.sort == column && !this.descending, 0);
	}

	/** As the head of a table says it, {@code null} for one that it is not sorted by. */
	@Nullable String direction(Sort column) {
		return (this.sort != column) ? null : this.descending ? "descending" : "ascending";
	}

	/** The address that shows it; what is usual is left out. */
	String url() {
		var url = UriComponentsBuilder.fromPath(PATH);
		var texts = new HashMap<String, Object>();
		put(url, texts, "q", this.q);
		put(url, texts, "status", this.status);
		put(url, texts, "sort", (this.sort != Sort.PBX) ? this.sort.word() : "");
		put(url, texts, "dir", this.descending ? "desc" : "");
		put(url, texts, "page", (this.page > 0) ? String.valueOf(this.page) : "");
		return url.encode().buildAndExpand(texts).toUriString();
	}

	private static void put(UriComponentsBuilder url, Map<String, Object> texts, String name, String text) {
		if (!text.isEmpty()) {
			url.queryParam(name, "{" + name + "}");
			texts.put(name, text);
		}
	}

	/** The columns. */
	enum Sort {

		PBX, STATUS, POLICY, APPLIED, EXTENSIONS, CONTACT;

		/** In the address, and at the end of the key of its words. */
		public String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
