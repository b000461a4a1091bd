package io.tollgate.extension;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.tollgate.listing.SearchText;
import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which extensions the list shows, and in which order: all of it stands in the address.
 *
 * @param q words that number, name and PBX must hold together; empty for no search
 * @param show the chip
 * @param pbx only that PBX, {@code null} for all
 * @param group only members of groups of that name, on whatever PBX; empty for all
 * @param sort the column
 * @param descending the other way round
 * @param page counted from 0
 */
record ExtensionFilter(String q, Show show, @Nullable Long pbx, String group, Sort sort, boolean descending, int page) {

	static final String PATH = "/extensions";

	static final int PAGE_SIZE = 50;

	private static final int QUERY_LENGTH = 80;

	private static final int GROUP_LENGTH = 63;

	/** Whatever cannot be meant is left out, as a list is better than an error. */
	static ExtensionFilter of(@Nullable String q, @Nullable String show, @Nullable String pbx, @Nullable String group,
			@Nullable String sort, @Nullable String dir, @Nullable String page) {
		var query = (q != null) ? q.strip() : "";
		var name = (group != null) ? group.strip() : "";
		return new ExtensionFilter((query.length() > QUERY_LENGTH) ? query.substring(0, QUERY_LENGTH) : query,
				oneOf(Show.values(), show), number(pbx), (name.length() > GROUP_LENGTH) ? "" : name,
				oneOf(Sort.values(), sort), "desc".equals(dir), page(page));
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

	/**
	 * What search, PBX and group let through; the chips count those.
	 * @param members of the group, by their ids
	 */
	Where found(Collection<Pbx> pbxs, Collection<Long> members) {
		var where = (this.pbx != null) ? Where.of("e.pbx_id = ?", this.pbx) : Where.ALL;
		if (!this.group.isEmpty()) {
			where = where.and(Where.in("e.id", members));
		}
		for (String word : SearchText.words(this.q)) {
			where = where.and(holds(word, pbxs));
		}
		return where;
	}

	Where matching(Collection<Pbx> pbxs, Collection<Long> members) {
		return found(pbxs, members).and(this.show.where);
	}

	/**
	 * In the number, the name or the name of the PBX; PBXs are few enough to ask here.
	 */
	private static Where holds(String word, Collection<Pbx> pbxs) {
		var named = pbxs.stream().filter((pbx) -> SearchText.folded(pbx.name()).contains(word)).map(Pbx::id).toList();
		if (named.size() == pbxs.size()) {
			return Where.ALL;
		}
		var like = "%" + word.replaceAll("[!%_]", "!$0") + "%";
		var own = Where.of("e.number like ? escape '!' or e.name_order like ? escape '!'", like, like);
		return named.isEmpty() ? own : own.or(Where.on(named));
	}

	ExtensionFilter with(Show other) {
		return new ExtensionFilter(this.q, other, this.pbx, this.group, this.sort, this.descending, 0);
	}

	ExtensionFilter by(Sort column) {
		return new ExtensionFilter(this.q, this.show, this.pbx, this.group, column,
				this.sort == column && !this.descending, 0);
	}

	ExtensionFilter at(int otherPage) {
		return new ExtensionFilter(this.q, this.show, this.pbx, this.group, this.sort, this.descending, otherPage);
	}

	/**
	 * Whether whole PBXs are shown, of which it is known how many extensions they have.
	 */
	boolean ofWholePbxs() {
		return this.q.isEmpty() && this.group.isEmpty();
	}

	/** The address that shows it; what is usual is left out. */
	String url(String path) {
		var url = UriComponentsBuilder.fromPath(path);
		var texts = new HashMap<String, Object>();
		put(url, texts, "q", this.q);
		if (this.show != Show.ALL) {
			url.queryParam("show", this.show.word());
		}
		if (this.pbx != null) {
			url.queryParam("pbx", this.pbx);
		}
		put(url, texts, "group", this.group);
		if (this.sort != Sort.NUMBER) {
			url.queryParam("sort", this.sort.word());
		}
		if (this.descending) {
			url.queryParam("dir", "desc");
		}
		if (this.page > 0) {
			url.queryParam("page", this.page + 1);
		}
		return url.encode().buildAndExpand(texts).toUriString();
	}

	private static void put(UriComponentsBuilder url, Map<String, Object> texts, String name, String text) {
		if (!text.isEmpty()) {
			url.queryParam(name, "{" + name + "}");
			texts.put(name, text);
		}
	}

	/** The chips. */
	enum Show {

		ALL(Where.PRESENT), INTERNATIONAL(Where.ABROAD), UNAPPLIED(Where.UNAPPLIED), GONE(Where.GONE);

		private final Where where;

		Show(Where where) {
			this.where = where;
		}

		Where where() {
			return this.where;
		}

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** The columns that sort. */
	enum Sort {

		NUMBER, NAME, PBX;

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
