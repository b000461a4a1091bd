package io.tollgate.attack;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.tollgate.support.Http;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The portal as its pages tell of it: every page that a link, a search form or htmx leads
 * to, one of each shape, and every form on them. What is built tomorrow is in here by
 * itself.
 */
final class Site {

	private final Http http;

	private final Map<String, HttpResponse<String>> answers = new LinkedHashMap<>();

	private final Map<String, Document> pages = new LinkedHashMap<>();

	private final Map<String, Form> forms = new TreeMap<>();

	private final Set<String> shapes = new LinkedHashSet<>();

	private Site(Http http) {
		this.http = http;
	}

	/** Walks it from the overview and from these paths besides. */
	static Site walk(Http http, Collection<String> besides) {
		var site = new Site(http);
		var open = new ArrayDeque<>(List.of("/"));
		open.addAll(besides);
		for (var path = open.poll(); path != null; path = open.poll()) {
			if (site.shapes.add(shape(path))) {
				open.addAll(site.visit(path));
			}
		}
		return site;
	}

	/** Numbers and identities aside, and what parameters say. */
	private static String shape(String path) {
		return path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "~")
			.replaceAll("(?<=[/=,])[0-9][0-9,]*", "~")
			.replaceAll("=[^&]*", "=~");
	}

	private List<String> visit(String path) {
		var answer = this.http.get(path);
		this.answers.put(path, answer);
		if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
			return List.of();
		}
		var page = Jsoup.parse(answer.body(), "http://portal");
		this.pages.put(path, page);
		var next = new ArrayList<String>();
		page.select("a[href^=/]").forEach((link) -> next.add(link.attr("href")));
		page.select("[hx-get^=/]").forEach((link) -> next.add(link.attr("hx-get")));
		page.select("[action^=/], [formaction^=/]").forEach((form) -> {
			var action = form.hasAttr("formaction") ? form.attr("formaction") : form.attr("action");
			if (!form.attr("method").equalsIgnoreCase("post") && form.normalName().equals("form")) {
				next.add(action);
			}
			else if (form.normalName().equals("form")) {
				this.forms.putIfAbsent(shape(action), Form.of(page, form, action));
			}
		});
		next.removeIf((link) -> link.startsWith("//"));
		next.replaceAll((link) -> link.replaceFirst("#.*", ""));
		return next;
	}

	Map<String, HttpResponse<String>> answers() {
		return this.answers;
	}

	Map<String, Document> pages() {
		return this.pages;
	}

	Collection<Form> forms() {
		return this.forms.values();
	}

	/**
	 * A form as a browser would send it.
	 *
	 * @param action where to, with its parameters
	 * @param fields what it says before anybody types, the last of each name
	 * @param typed the names that people type into
	 * @param buttons names and values of its buttons
	 */
	record Form(String action, Map<String, String> fields, Set<String> typed, List<Map.Entry<String, String>> buttons) {

		static Form of(Document page, Element form, String action) {
			var controls = new ArrayList<>(form.select("input[name], textarea[name], select[name], button[name]"));
			if (!form.id().isEmpty()) {
				controls.addAll(page.select("[name][form=" + form.id() + "]"));
			}
			var fields = new LinkedHashMap<String, String>();
			var typed = new LinkedHashSet<String>();
			var buttons = new ArrayList<Map.Entry<String, String>>();
			for (var control : controls) {
				var name = control.attr("name");
				var type = control.attr("type");
				switch (control.normalName()) {
					case "button" -> buttons.add(Map.entry(name, control.attr("value")));
					case "select" -> {
						var options = control.select("option");
						var chosen = control.selectFirst("option[selected]");
						var first = (chosen != null) ? chosen : options.isEmpty() ? null : options.getFirst();
						fields.put(name, (first != null) ? first.val() : "");
					}
					case "textarea" -> {
						fields.put(name, control.text());
						typed.add(name);
					}
					default -> {
						if (!Set.of("checkbox", "radio").contains(type)) {
							fields.put(name, control.val());
							if (!type.equals("hidden")) {
								typed.add(name);
							}
						}
						else if (control.hasAttr("checked")) {
							fields.put(name, control.val());
						}
						else {
							fields.putIfAbsent(name, "");
						}
					}
				}
			}
			fields.remove("_csrf");
			typed.remove("_csrf");
			return new Form(action, fields, typed, buttons);
		}

		/** Where to, without parameters. */
		String path() {
			return URI.create(this.action.replace(' ', '+')).getPath();
		}

		/** Whether it ends or removes what the next attack needs. */
		boolean destroys() {
			return this.action.matches(".*/(sign-out|delete|remove|discard|end|disable|revoke|stop)(\\?.*)?");
		}

		/** With this instead of what stands there. */
		Map<String, String> with(Map<String, String> values) {
			var all = new LinkedHashMap<>(this.fields);
			all.putAll(values);
			return all;
		}

		/** Names that its address holds. */
		Set<String> parameters() {
			var names = new LinkedHashSet<String>();
			int query = this.action.indexOf('?');
			if (query >= 0) {
				for (var pair : this.action.substring(query + 1).split("&")) {
					names.add(URLDecoder.decode(pair.replaceFirst("=.*", ""), StandardCharsets.UTF_8));
				}
			}
			return names;
		}

		@Override
		public String toString() {
			return shape(this.action);
		}

	}

}
