package io.tollgate.extension;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which extensions the list shows, and in which order: all of it stands in the address.
 *
 * @param q words that number, name and PBX must hold together; empty for no search
 * @param show the chip
 * @param pbx only that PBX, {@code null} for all
 * @param sort the column
 * @param descending the other way round
 * @param page counted from 0
 */
record ExtensionFilter(String q, Show show, @Nullable Long pbx, Sort sort, boolean descending, int page) {

	static final String PATH = "/extensions";

	static final int PAGE_SIZE = 50;

	private static final int QUERY_LENGTH = 80;

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	/** Whatever cannot be meant is left out, as a list is better than an error. */
	static ExtensionFilter of(@Nullable String q, @Nullable String show, @Nullable String pbx, @Nullable String sort,
			@Nullable String dir, @Nullable String page) {
		var query = (q != null) ? q.strip() : "";
		return new ExtensionFilter((query.length() > QUERY_LENGTH) ? query.substring(0, QUERY_LENGTH) : query,
				oneOf(Show.values(), show), number(pbx), oneOf(Sort.values(), sort), "desc".equals(dir), page(page));
	}

	private static <E extends Enum<E>> E oneOf(E[] values, @Nullable String word) {
		return Arrays.stream(values)
			.filter((value) -> value.name().equalsIgnoreCase(word))
			.findFirst()
			.orElse(values[0]);
	}

	private static @Nullable Long number(@Nullable String text) {
		return (text != null && text.matches("[0-9]{1,18}")) ? Long.valueOf(text) : null;
	}

	private static int page(@Nullable String text) {
		return (text != null && text.matches("[0-9]{1,6}")) ? Math.max(0, Integer.parseInt(text) - 1) : 0;
	}

	/** Whether search and PBX let it through; the chips count those. */
	boolean finds(ExtensionListing listing) {
		return (this.pbx == null || this.pbx == listing.pbxId()) && (this.q.isEmpty() || holdsAll(listing));
	}

	private boolean holdsAll(ExtensionListing listing) {
		var text = folded(listing.number() + " " + listing.name() + " " + listing.pbx());
		return Arrays.stream(folded(this.q).split("\\s+")).allMatch(text::contains);
	}

	/** Without accents, capitals and the other forms of letters and digits. */
	private static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	boolean matches(ExtensionListing listing) {
		return finds(listing) && this.show.holds(listing);
	}

	Comparator<ExtensionListing> order() {
		var order = this.sort.order.thenComparing(Sort.NUMBER.order).thenComparing(Sort.PBX.order);
		return this.descending ? order.reversed() : order;
	}

	ExtensionFilter with(Show other) {
		return new ExtensionFilter(this.q, other, this.pbx, this.sort, this.descending, 0);
	}

	ExtensionFilter by(Sort column) {
		return new ExtensionFilter(this.q, this.show, this.pbx, column, this.sort == column && !this.descending, 0);
	}

	ExtensionFilter at(int otherPage) {
		return new ExtensionFilter(this.q, this.show, this.pbx, this.sort, this.descending, otherPage);
	}

	/** The address that shows it; what is usual is left out. */
	String url(String path) {
		var url = UriComponentsBuilder.fromPath(path);
		if (!this.q.isEmpty()) {
			url.queryParam("q", "{q}");
		}
		if (this.show != Show.ALL) {
			url.queryParam("show", this.show.word());
		}
		if (this.pbx != null) {
			url.queryParam("pbx", this.pbx);
		}
		if (this.sort != Sort.NUMBER) {
			url.queryParam("sort", this.sort.word());
		}
		if (this.descending) {
			url.queryParam("dir", "desc");
		}
		if (this.page > 0) {
			url.queryParam("page", this.page + 1);
		}
		return this.q.isEmpty() ? url.encode().toUriString() : url.encode().buildAndExpand(this.q).toUriString();
	}

	/** The chips. */
	enum Show {

		ALL, INTERNATIONAL, UNAPPLIED, GONE;

		boolean holds(ExtensionListing listing) {
			return switch (this) {
				case ALL -> listing.present();
				case INTERNATIONAL -> listing.present() && listing.abroad() == ExtensionListing.Abroad.ALLOWED;
				case UNAPPLIED -> listing.unapplied();
				case GONE -> !listing.present();
			};
		}

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** The columns that sort. */
	enum Sort {

		/** A shorter number comes first: 99 before 100. */
		NUMBER(Comparator.<ExtensionListing>comparingInt((each) -> each.number().length())
			.thenComparing(ExtensionListing::number)),
		NAME(Comparator.comparing((each) -> folded(each.name()))),
		PBX(Comparator.comparing((each) -> folded(each.pbx())));

		private final Comparator<ExtensionListing> order;

		Sort(Comparator<ExtensionListing> order) {
			this.order = order;
		}

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
