package io.tollgate.listing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a list is, with what is chosen beside its search.
 *
 * @param path of the page
 * @param kept what else stands in the address, by name, without empty values
 */
public record ListAddress(String path, SequencedMap<String, String> kept) {

	/** A list that knows nothing but its search. */
	public static ListAddress of(String path) {
		return new ListAddress(path, new LinkedHashMap<>());
	}

	/** With something more that is chosen, {@code null} or empty for nothing. */
	public ListAddress with(String name, @Nullable Object value) {
		var text = (value != null) ? value.toString() : "";
		var more = new LinkedHashMap<>(this.kept);
		if (text.isEmpty()) {
			more.remove(name);
		}
		else {
			more.put(name, text);
		}
		return new ListAddress(this.path, more);
	}

	/** Back to what was asked for; what is usual is left out. */
	public String url(ListQuery query) {
		return url(new ListPage.Shown(query.text(), Objects.requireNonNullElse(query.sort(), ""),
				Objects.requireNonNullElse(query.dir(), "")), query.place());
	}

	/** The address of a page; what is usual is left out. */
	String url(ListPage.Shown shown, int page) {
		var url = UriComponentsBuilder.fromPath(this.path);
		var texts = new HashMap<String, Object>();
		this.kept.forEach((name, text) -> put(url, texts, name, text));
		put(url, texts, "q", shown.q());
		put(url, texts, "sort", shown.sort());
		put(url, texts, "dir", shown.dir());
		put(url, texts, "page", (page > 0) ? String.valueOf(page + 1) : "");
		return url.encode().buildAndExpand(texts).toUriString();
	}

	private static void put(UriComponentsBuilder url, Map<String, Object> texts, String name, String text) {
		if (!text.isEmpty()) {
			url.queryParam(name, "{" + name + "}");
			texts.put(name, text);
		}
	}

}
