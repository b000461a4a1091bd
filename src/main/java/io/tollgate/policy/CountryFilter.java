package io.tollgate.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CountrySearch;
import io.tollgate.numbering.WorldRegion;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What of the country list is asked for. Bound from the query string; what it does not
 * understand counts as not given.
 *
 * @param q name, ISO code or calling code
 * @param filter one of the chips
 * @param region part of the world
 * @param view the list or the map
 * @param zoom what of the map is shown
 * @param sort what the list is sorted by
 * @param descending the other way round
 */
record CountryFilter(String q, Chip filter, @Nullable WorldRegion region, View view, Zoom zoom, Sort sort,
		boolean descending) {

	/** Longer than any name; more is not searched for. */
	private static final int LONGEST_QUERY = 80;

	static final String PATH = "/security/country-codes";

	static CountryFilter of(@Nullable String q, @Nullable String filter, @Nullable String region, @Nullable String view,
			@Nullable String zoom) {
		var asked = (q != null) ? q.strip() : "";
		return new CountryFilter(asked.substring(0, Math.min(asked.length(), LONGEST_QUERY)),
				parse(Chip.values(), filter).orElse(Chip.ALL), parse(WorldRegion.values(), region).orElse(null),
				parse(View.values(), view).orElse(View.LIST), parse(Zoom.values(), zoom).orElse(Zoom.WORLD), Sort.NAME,
				false);
	}

	private static <E extends Enum<E>> Optional<E> parse(E[] values, @Nullable String word) {
		return Arrays.stream(values).filter((value) -> word(value).equals(word)).findFirst();
	}

	/** As it stands in the URL: {@code latin-america}. */
	static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	CountryFilter with(Chip other) {
		return new CountryFilter(this.q, other, this.region, this.view, this.zoom, this.sort, this.descending);
	}

	CountryFilter with(View other) {
		return new CountryFilter(this.q, this.filter, this.region, other, this.zoom, this.sort, this.descending);
	}

	CountryFilter with(Zoom other) {
		return new CountryFilter(this.q, this.filter, this.region, this.view, other, this.sort, this.descending);
	}

	/** The same policy and view without search and filters. */
	CountryFilter cleared() {
		return new CountryFilter("", Chip.ALL, null, this.view, Zoom.WORLD, this.sort, this.descending);
	}

	/** In the order of the address. */
	CountryFilter sorted(@Nullable String column, @Nullable String dir) {
		return with(parse(Sort.values(), column).orElse(Sort.NAME), "desc".equals(dir));
	}

	/** By that column; by the same one the other way round. */
	CountryFilter by(Sort column) {
		return with(column, column == this.sort && !this.descending);
	}

	private CountryFilter with(Sort column, boolean turned) {
		return new CountryFilter(this.q, this.filter, this.region, this.view, this.zoom, column, turned);
	}

	/** As the head of a table says it, {@code null} for one that it is not sorted by. */
	@Nullable String direction(Sort column) {
		return (this.sort != column) ? null : this.descending ? "descending" : "ascending";
	}

	/** The chip aside. */
	boolean matches(CallingCodeEntry entry, Locale locale) {
		return (this.region == null || entry.region() == this.region)
				&& (this.q.isEmpty() || CountrySearch.matches(entry, this.q, locale));
	}

	/** The address of that list, with only what differs from the usual. */
	String url(String path, long policy) {
		var url = UriComponentsBuilder.fromPath(path).queryParam("policy", policy);
		if (this.view != View.LIST) {
			url.queryParam("view", word(this.view));
		}
		if (!this.q.isEmpty()) {
			url.queryParam("q", "{q}");
		}
		if (this.filter != Chip.ALL) {
			url.queryParam("filter", word(this.filter));
		}
		if (this.region != null) {
			url.queryParam("region", word(this.region));
		}
		if (this.zoom != Zoom.WORLD) {
			url.queryParam("zoom", word(this.zoom));
		}
		if (this.sort != Sort.NAME) {
			url.queryParam("sort", word(this.sort));
		}
		if (this.descending) {
			url.queryParam("dir", "desc");
		}
		return url.encode().buildAndExpand(this.q).toUriString();
	}

	/** The filter chips. */
	enum Chip {

		ALL, ALLOWED, SHARED, TERRITORIES;

		boolean matches(CallingCodeEntry entry, boolean allowed) {
			return switch (this) {
				case ALL -> true;
				case ALLOWED -> allowed;
				case SHARED -> entry.regions().size() > 1;
				case TERRITORIES -> entry.kind() == CallingCodeEntry.Kind.TERRITORY;
			};
		}

	}

	/** The columns that sort. */
	enum Sort {

		NAME, CODE, REGION

	}

	/** How the countries are shown. */
	enum View {

		LIST, MAP

	}

	/** A part of the map, by the part of its drawing that is shown. */
	enum Zoom {

		WORLD("0 0 960 518"), AMERICAS("60 60 320 450"), CARIBBEAN("200 215 105 80"), EUROPE("390 45 220 170"),
		AFRICA("380 190 230 260"), ASIA("500 60 380 330"), OCEANIA("690 280 270 215");

		private final String viewBox;

		Zoom(String viewBox) {
			this.viewBox = viewBox;
		}

		public String viewBox() {
			return this.viewBox;
		}

	}

}
