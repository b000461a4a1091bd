package io.tollgate.audit;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/** Reads the trail, newest first. */
@Service
@Transactional(readOnly = true)
class AuditLog {

	static final int PAGE_SIZE = 50;

	private final AuditRows rows;

	private final ObjectProvider<AuditPages> pages;

	private final VisibleEvents visible;

	private final MessageSource messages;

	AuditLog(AuditRows rows, ObjectProvider<AuditPages> pages, VisibleEvents visible, MessageSource messages) {
		this.rows = rows;
		this.pages = pages;
		this.visible = visible;
		this.messages = messages;
	}

	/** Whether whoever acts sees only what happened on some PBXs. */
	boolean limited() {
		return this.visible.limited();
	}

	/**
	 * One page of what a filter wants. Pages are found by the number of a row, so the
	 * last one costs as little as the first.
	 * @param below only rows with a lower number
	 * @param above only rows with a higher number, and of them the nearest
	 */
	AuditPage page(AuditFilter filter, @Nullable Long below, @Nullable Long above, Locale locale) {
		var query = query(filter, locale);
		boolean upwards = above != null && below == null;
		if (above != null) {
			query = query.and("id > ?", above);
		}
		if (below != null) {
			query = query.and("id < ?", below);
		}
		var found = this.rows.find(query, PAGE_SIZE + 1, upwards);
		boolean more = found.size() > PAGE_SIZE;
		var shown = found.subList(0, Math.min(found.size(), PAGE_SIZE));
		if (upwards) {
			shown = shown.reversed();
		}
		if (shown.isEmpty()) {
			return AuditPage.EMPTY;
		}
		boolean newer = upwards ? more : below != null;
		boolean older = upwards || more;
		return new AuditPage(entries(shown, locale), newer ? shown.getFirst().id() : null,
				older ? shown.getLast().id() : null);
	}

	/**
	 * The newest rows that a filter wants, as they are kept: one more than a page, if
	 * there are more.
	 * @param below only rows with a lower number
	 */
	List<AuditRow> rows(AuditFilter filter, @Nullable Long below, Locale locale) {
		var query = query(filter, locale);
		return this.rows.find((below != null) ? query.and("id < ?", below) : query, PAGE_SIZE + 1, false);
	}

	/** What a filter wants of what whoever acts may see, as SQL. */
	AuditQuery query(AuditFilter filter, Locale locale) {
		// people search for the words they see; those of an action are in the messages
		var actions = filter.q().isEmpty() ? List.<String>of()
				: this.rows.distinct("action")
					.stream()
					.filter((action) -> actionWords(action, locale).toLowerCase(locale)
						.contains(filter.q().toLowerCase(locale)))
					.toList();
		var query = AuditQuery.of(filter, actions);
		return limited() ? query.and(this.visible.sql("pbx_id")) : query;
	}

	List<String> actors() {
		return values("actor");
	}

	/** The kinds of things with their words. */
	Map<String, String> objectTypes(Locale locale) {
		return values("object_type").stream()
			.collect(Collectors.toMap((type) -> type, (type) -> objectTypeWords(type, locale), (first, second) -> first,
					LinkedHashMap::new));
	}

	private List<String> values(String column) {
		return limited() ? this.rows.distinct(column, this.visible.sql("pbx_id")) : this.rows.distinct(column);
	}

	private List<AuditEntry> entries(List<AuditRow> rows, Locale locale) {
		var paths = paths(rows);
		return rows.stream().map((row) -> entry(row, paths, locale)).toList();
	}

	/** All at once, by kind and number. */
	private Map<String, Map<String, String>> paths(List<AuditRow> rows) {
		var paths = new HashMap<String, Map<String, String>>();
		this.pages.forEach((kind) -> {
			var ids = rows.stream()
				.map(AuditRow::content)
				.filter((content) -> content.objectType().equals(kind.type()))
				.map(AuditContent::objectId)
				.filter(Objects::nonNull)
				.collect(Collectors.toSet());
			if (!ids.isEmpty()) {
				paths.put(kind.type(), kind.of(ids));
			}
		});
		return paths;
	}

	private AuditEntry entry(AuditRow row, Map<String, Map<String, String>> paths, Locale locale) {
		var content = row.content();
		var id = content.objectId();
		return new AuditEntry(row.id(), content.at().atOffset(ZoneOffset.UTC), content.actor(),
				CurrentActor.SYSTEM.equals(content.actor()), content.address(), content.requestId(),
				actionWords(content.action(), locale), content.action(), objectTypeWords(content.objectType(), locale),
				id, content.objectName(), Difference.of(content.before(), content.after()), row.hash(),
				(id != null) ? paths.getOrDefault(content.objectType(), Map.of()).get(id) : null,
				(id != null) ? history(content.objectType(), id) : null);
	}

	private static String history(String type, String id) {
		return UriComponentsBuilder.fromPath("/audit")
			.queryParam("type", "{type}")
			.queryParam("object", "{object}")
			.build(type, id)
			.toString();
	}

	/** The kind of thing in words. */
	private String objectTypeWords(String type, Locale locale) {
		return words("audit.object." + type, type, locale);
	}

	private String actionWords(String action, Locale locale) {
		return words("audit.action." + action, action, locale);
	}

	/** The message, or the code itself made readable. */
	private String words(String key, String code, Locale locale) {
		var fallback = StringUtils.capitalize(code.replaceAll("[.-]", " "));
		var words = this.messages.getMessage(key, null, fallback, locale);
		return (words != null) ? words : fallback;
	}

}
