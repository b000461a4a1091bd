package io.tollgate.web;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tollgate.extension.Extensions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import io.tollgate.web.SearchResults.Hit;
import io.tollgate.web.SearchResults.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Finds whatever has a name or a number, as far as whoever asks may see it: pages by
 * role, all else by the PBXs that are seen.
 */
@Component
class Search {

	private static final int LONGEST = 80;

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private final PbxRegistry registry;

	private final Extensions extensions;

	private final Routes routes;

	private final Trunks trunks;

	private final Policies policies;

	private final MessageSource messages;

	Search(PbxRegistry registry, Extensions extensions, Routes routes, Trunks trunks, Policies policies,
			MessageSource messages) {
		this.registry = registry;
		this.extensions = extensions;
		this.routes = routes;
		this.trunks = trunks;
		this.policies = policies;
		this.messages = messages;
	}

	/**
	 * Searches.
	 * @param typed by a person; only pages are there when it is empty
	 * @param pages that the person may open
	 * @param most of each kind
	 */
	SearchResults find(String typed, List<NavigationGroup> pages, int most, Locale locale) {
		var stripped = typed.replaceAll("\\p{Cntrl}+", " ").strip();
		var q = stripped.substring(0, Math.min(stripped.length(), LONGEST));
		var kinds = new ArrayList<Kind>();
		add(kinds, "pages", "layout-dashboard", pages(folded(q), pages, locale), null);
		if (!q.isEmpty()) {
			var pbxs = this.registry.all();
			Map<Long, String> names = pbxs.stream().collect(Collectors.toMap(Pbx::id, Pbx::name));
			Function<Long, String> on = (pbx) -> names.getOrDefault(pbx, "");
			add(kinds, "pbxs", "server", pbxs(folded(q), pbxs, most), null);
			add(kinds, "extensions", "users", extensions(q, on, most), url("/extensions", "q", q));
			add(kinds, "routes", "waypoints",
					this.routes.named(q, most)
						.stream()
						.map((route) -> new Hit(route.name(), on.apply(route.pbxId()),
								"/routes/" + route.id() + "?pbx=" + route.pbxId()))
						.toList(),
					null);
			add(kinds, "trunks", "cable",
					this.trunks.named(q, most)
						.stream()
						.map((trunk) -> new Hit(trunk.name(), on.apply(trunk.pbxId()), "/trunks?pbx=" + trunk.pbxId()))
						.toList(),
					null);
			add(kinds, "policies", "shield", policies(folded(q), most), null);
			add(kinds, "countries", "globe", countries(folded(q), most, locale), null);
		}
		return new SearchResults(q, kinds);
	}

	private static void add(List<Kind> kinds, String id, String icon, List<Hit> hits, @Nullable String more) {
		if (!hits.isEmpty()) {
			kinds.add(new Kind(id, icon, hits, more));
		}
	}

	private List<Hit> pages(String q, List<NavigationGroup> groups, Locale locale) {
		var hits = new ArrayList<Hit>();
		for (var group : groups) {
			var heading = group.isLabelled() ? text("frame.nav.group." + group.id(), locale) : "";
			for (var page : group.pages()) {
				var name = text("frame.nav." + page.id(), locale);
				if (folded(heading + " " + name).contains(q)) {
					hits.add(new Hit(name, (page.key() != null) ? text("frame.jump.go", locale, page.key()) : heading,
							page.path()));
				}
			}
		}
		return hits;
	}

	private static List<Hit> pbxs(String q, List<Pbx> pbxs, int most) {
		return pbxs.stream()
			.filter((pbx) -> folded(pbx.name()).contains(q) || pbx.host().toLowerCase(Locale.ROOT).contains(q))
			.limit(most)
			.map((pbx) -> new Hit(pbx.name(), pbx.host(), "/pbxs/" + pbx.id()))
			.toList();
	}

	private List<Hit> extensions(String q, Function<Long, String> on, int most) {
		return this.extensions.beginning(q, most)
			.stream()
			.map((each) -> new Hit((each.number() + " " + each.name()).strip(), on.apply(each.pbxId()),
					url("/extensions", "q", each.number(), "pbx", String.valueOf(each.pbxId()))))
			.toList();
	}

	private List<Hit> policies(String q, int most) {
		return this.policies.names()
			.entrySet()
			.stream()
			.filter((policy) -> folded(policy.getValue()).contains(q))
			.limit(most)
			.map((policy) -> new Hit(policy.getValue(), "", "/security/country-codes?policy=" + policy.getKey()))
			.toList();
	}

	private static List<Hit> countries(String q, int most, Locale locale) {
		var digits = q.startsWith("+") ? q.substring(1) : q;
		return CallingCodes.all()
			.stream()
			.filter((entry) -> entry.code().equals(digits) || folded(CountryNames.of(entry, locale)).contains(q))
			.limit(most)
			.map((entry) -> hit(entry, locale))
			.toList();
	}

	private static Hit hit(CallingCodeEntry entry, Locale locale) {
		var name = CountryNames.of(entry, locale);
		return new Hit(name, "+" + entry.code(), url("/security/country-codes", "q", "+" + entry.code()));
	}

	private static String url(String path, String... query) {
		var url = UriComponentsBuilder.fromPath(path);
		for (int i = 0; i < query.length; i += 2) {
			url.queryParam(query[i], "{" + query[i] + "}");
		}
		var values = new ArrayList<String>();
		for (int i = 1; i < query.length; i += 2) {
			values.add(query[i]);
		}
		return url.encode().buildAndExpand(values.toArray()).toUriString();
	}

	private static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	private String text(String key, Locale locale, @Nullable Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

}
